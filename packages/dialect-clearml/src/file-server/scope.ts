import { discardRest, endWhenIdle, takeForms } from '@inferq/forms'
import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify'
import type { ClearmlServices } from '../services.ts'
import { type CompanyOf, createCompanyOf } from './caller.ts'
import { type FileError, toFileError } from './errors.ts'

export interface FileServerOptions {
  services: Pick<ClearmlServices, 'users' | 'credentials' | 'artifacts'>
  /** Of a list of files to delete; files themselves are limited by `artifacts`. */
  maxBodyBytes: number
  /** Pages that may call with the cookie of their visitor. */
  corsOrigins?: readonly string[]
  /** How long nothing may come or go while a file does. */
  idleMs?: number
}

const usualIdleMs = 300_000

/** Options of a route that is not in the API document. */
export const hidden = { schema: { hide: true } as FastifySchema }

/** What all routes of file servers have in common; answers how to know whose files a request is about. */
export async function openScope(app: FastifyInstance, options: FileServerOptions): Promise<CompanyOf> {
  const { services, corsOrigins = [], idleMs = usualIdleMs } = options
  app.decorateRequest('operation', null)
  // Bodies are read once the caller is known, and as they come.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  await takeForms(app)
  app.addHook('onRequest', async (request) => endWhenIdle(request, idleMs))
  app.addHook('onSend', async (request, reply) => discardRest(request, reply))
  app.setErrorHandler((thrown, request, reply) => {
    const error = toFileError(thrown)
    log(request, error, thrown)
    if (error.status === 401) reply.header('www-authenticate', 'Bearer')
    if (error.status === 503) reply.header('retry-after', 2)
    return reply.code(error.status).send({ error: error.message })
  })
  return createCompanyOf(services, corsOrigins, app.log)

  function log({ id: requestId }: FastifyRequest, error: FileError, thrown: unknown): void {
    if (error.status >= 500 && error.status !== 507) app.log.error({ err: thrown, requestId }, 'request failed')
    else if (error.cause) app.log.debug({ err: error.cause, requestId }, 'request refused')
  }
}
