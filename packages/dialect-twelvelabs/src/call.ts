import type { Credential } from '@inferq/domain'
import type { FastifyRequest } from 'fastify'
import type { TwelvelabsServices } from './services.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; set before any route runs. */
    caller: Credential
  }
}

/** One call as an endpoint sees it. */
export interface Call {
  readonly services: TwelvelabsServices
  readonly caller: Credential
}

export const callOf = ({ caller }: FastifyRequest, services: TwelvelabsServices): Call => ({ services, caller })
