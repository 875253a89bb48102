import { ApiError } from '@inferq/contracts'
import type { Credential } from '@inferq/domain'
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Services } from '../services.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls; set before any native route runs. */
    caller: Credential
  }
}

export type NativeApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** One endpoint: a file that registers it. */
export type NativeRoute = (app: NativeApp, services: Services) => void

/** The refusals that any native route can answer with. */
export const refusals = {
  '4xx': ApiError.describe('Refused: what was wrong, and what would be right.'),
  '5xx': ApiError.describe('Not possible right now, or a fault of the server.'),
} as const
