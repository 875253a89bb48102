import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { createAuthentication } from '../auth/authentication.ts'
import { createIdentify } from '../auth/identify.ts'
import { type Presented, readCredentials } from '../auth/read-credentials.ts'
import type { ClearmlServices } from '../services.ts'
import { callerHeader } from '../transport/caller-headers.ts'
import { mayUseCookie } from '../transport/cors.ts'

/** Whose files a request is about: the company of whoever makes it. Throws `401`. */
export type CompanyOf = (request: FastifyRequest) => Promise<string>

export function createCompanyOf(
  services: Pick<ClearmlServices, 'users' | 'credentials'>,
  corsOrigins: readonly string[],
  log: FastifyBaseLogger,
): CompanyOf {
  const identify = createIdentify(createAuthentication(services), services.credentials, (error) =>
    log.warn({ err: error }, 'use not noted'),
  )
  return async (request) => {
    const { authorization, cookie } = request.headers
    const presented = readCredentials(authorization, mayUseCookie(request, corsOrigins) ? cookie : undefined)
    const { identity } = await identify(asSecret(presented), callerHeader(request, 'worker') ?? '<unknown>')
    return identity.company
  }
}

/** A bearer that cannot be a token of ours, which has three parts, is a secret key as the native API takes it. */
const asSecret = (presented: Presented): Presented =>
  presented.kind === 'token' && !/^[^.]+[.][^.]+[.][^.]+$/.test(presented.token)
    ? { kind: 'secret', secretKey: presented.token }
    : presented
