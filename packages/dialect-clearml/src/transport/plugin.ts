import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { cookieName } from '../auth/read-credentials.ts'
import { unnamedWorker } from '../call.ts'
import type { Endpoint } from '../endpoint.ts'
import { endpoints as allEndpoints } from '../endpoints.ts'
import { ApiError } from '../errors/api-error.ts'
import type { ClearmlServices } from '../services.ts'
import { toApiError } from './answer-error.ts'
import { callerHeader, callerIp } from './caller-headers.ts'
import { allowOrigin, mayUseCookie } from './cors.ts'
import { createDispatcher, type Incoming } from './dispatch.ts'
import { type CallMeta, failure, success } from './envelope.ts'
import { parsePath, type Target } from './path.ts'
import { readBody } from './read-body.ts'
import { requestData } from './request-data.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request asks for, where one route serves many operations: a name out of a short list. */
    operation: string | null
  }
}

export interface ClearmlOptions {
  services: ClearmlServices
  maxBodyBytes: number
  /** Pages that may call with the cookie of their visitor. None: any page may call, without it. */
  corsOrigins?: readonly string[]
  endpoints?: readonly Endpoint[]
}

/** A dotted name, or anything under a version with a dot: the paths of this language, and none of its neighbours'. */
const paths = ['/:call(^[^/]*[.][^/]*$)', '/:version(^v[0-9]+[.]?[0-9]+$)/:call']

/** The content types that say how to read a body; under any other name it is JSON. */
const telling = /^application\/(json-lines$|x-www-form-urlencoded *(;|$))/

/** The ClearML API, as one scope: its own way to read a request, its own form of answers and errors. */
export async function clearmlApi(
  app: FastifyInstance,
  { services, maxBodyBytes, corsOrigins = [], endpoints = allEndpoints }: ClearmlOptions,
): Promise<void> {
  const dispatcher = createDispatcher(endpoints, services, (error) => app.log.warn({ err: error }, 'use not noted'))
  const metas = new WeakMap<FastifyRequest, CallMeta>()

  app.decorateRequest('operation', null)
  // Bodies come with any method and under any name, and are read by the route itself once the caller is known.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))

  app.addHook('onRequest', async (request, reply) => {
    // What cannot be read as a media type would be refused before anyone looks at the body.
    if (!telling.test(request.headers['content-type'] ?? '')) request.raw.headers['content-type'] = 'application/json'
    addHeaders(request, reply)
    if (request.method === 'OPTIONS') return reply.code(200).send()
    if (request.headers['content-encoding'] !== undefined) {
      return reply.code(415).type('text/plain').send('a request body must not be encoded: leave Content-Encoding out')
    }
  })

  app.setErrorHandler((thrown, request, reply) => {
    // An overloaded server refuses before the hook above.
    addHeaders(request, reply)
    const error = toApiError(thrown)
    if (error.error === 'unavailable') app.log.warn({ err: thrown, requestId: request.id }, 'request refused')
    // What an endpoint calls a fault on purpose is the caller's.
    else if (error.status >= 500 && error !== thrown)
      app.log.error({ err: thrown, requestId: request.id }, 'request failed')
    else if (error.cause) app.log.debug({ err: error.cause, requestId: request.id }, 'request refused')
    if (error.status === 429 || error.status === 503) reply.header('retry-after', 2)
    return reply.code(error.status).send(failure(metaOf(request), error))
  })

  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const { target } = metaOf(request)
    if (target === null) throw new ApiError('invalidRequest', `invalid request path ${pathOf(request)}`)
    const endpoint = dispatcher.find(target)
    request.operation = endpoint.name
    metaOf(request).actualVersion = endpoint.since
    const data = await dispatcher.run(endpoint, incomingOf(request, reply, target))
    return reply.send(success(metaOf(request), data))
  }
  for (const url of paths) app.all(url, { schema: { hide: true } as FastifySchema }, answer)

  function addHeaders(request: FastifyRequest, reply: FastifyReply): void {
    reply.header('server', 'clearml')
    allowOrigin(request, reply, corsOrigins)
  }

  function metaOf(request: FastifyRequest): CallMeta {
    const known = metas.get(request)
    if (known) return known
    const id = randomUUID().replaceAll('-', '')
    const meta = {
      id,
      trx: callerHeader(request, 'trx') ?? id,
      target: parsePath(pathOf(request)),
      actualVersion: null,
    }
    metas.set(request, meta)
    return meta
  }

  function incomingOf(request: FastifyRequest, reply: FastifyReply, target: Target): Incoming {
    const { headers, protocol, host } = request
    return {
      target,
      authorization: headers.authorization,
      cookie: mayUseCookie(request, corsOrigins) ? headers.cookie : undefined,
      impersonateAs: callerHeader(request, 'impersonate-as'),
      actAs: callerHeader(request, 'act-as'),
      worker: callerHeader(request, 'worker') ?? unnamedWorker,
      ip: callerIp(request),
      baseUrl: `${protocol}://${host}`,
      readData: async () =>
        requestData(await readBody(request.raw, maxBodyBytes), headers['content-type'], queryOf(request)),
      setCookie(token) {
        const lifetime = token === null ? '; Max-Age=0' : ''
        const secure = protocol === 'https' ? '; Secure' : ''
        reply.header('set-cookie', `${cookieName}=${token ?? ''}${lifetime}; Path=/; HttpOnly; SameSite=Lax${secure}`)
      },
    }
  }
}

const pathOf = ({ url }: FastifyRequest): string => url.split('?', 1)[0] as string

const queryOf = ({ url }: FastifyRequest): string => (url.includes('?') ? url.slice(url.indexOf('?') + 1) : '')
