import { discardRest, takeForms } from '@inferq/forms'
import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify'
import { assetRoutes } from './assets/routes.ts'
import { ApiError } from './errors/api-error.ts'
import { toApiError } from './errors/to-api-error.ts'
import { maxBodyBytes } from './limits.ts'
import type { TwelvelabsOptions } from './options.ts'
import { parseJson } from './request/parse-json.ts'
import { syncRoutes } from './sync/routes.ts'
import { taskRoutes } from './tasks/routes.ts'

/**
 * The TwelveLabs embeddings API, as one scope: its own authentication, its own form of answers and errors. The server
 * that it is added to must rewrite addresses by `withReadableEscapes`.
 */
export async function twelvelabsApi(app: FastifyInstance, options: TwelvelabsOptions): Promise<void> {
  const { services } = options
  app.decorateRequest('caller')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: FastifyRequest, body: string) =>
    parseJson(body),
  )
  await takeForms(app)

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-api-version', apiVersion)
    request.caller = await services.authenticate(secretKeyOf(request))
  })
  // Most clients look at an answer only once they have sent all.
  app.addHook('onSend', async (request, reply) => discardRest(request, reply))
  app.addHook('onRoute', (route) => {
    // It is documented elsewhere, by those whose language it is.
    route.schema = { ...route.schema, hide: true } as FastifySchema
    route.bodyLimit ??= maxBodyBytes
  })
  app.setErrorHandler((thrown, request, reply) => {
    const error = toApiError(thrown)
    if (error.status === 500) app.log.error({ err: thrown, requestId: request.id }, 'request failed')
    else if (error.cause) app.log.debug({ err: error.cause, requestId: request.id }, 'request refused')
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds)
    return reply.code(error.status).send(error.body())
  })

  taskRoutes(app, options)
  syncRoutes(app, options)
  assetRoutes(app, options)
  // Also as routes: other languages of this server have paths that would fit what is not found here.
  for (const url of ['/', '/*']) app.all(url, refuse)
  app.setNotFoundHandler(refuse)
}

const apiVersion = '1.3'

function refuse({ url, method }: FastifyRequest): never {
  throw new ApiError('endpoint_not_exists', `there is no ${method} ${url.split('?', 1)[0]}`)
}

function secretKeyOf({ headers }: FastifyRequest): string {
  const key = headers['x-api-key']
  if (typeof key === 'string' && key !== '') return key
  throw new ApiError('api_key_invalid', 'no key: send a secret key as x-api-key')
}
