import { takeForms } from '@inferq/forms'
import type { FastifyInstance, FastifyRequest, FastifySchema } from 'fastify'
import { accountRoutes } from './account/routes.ts'
import { ApiError } from './errors/api-error.ts'
import { toApiError } from './errors/to-api-error.ts'
import { inferenceRoutes } from './inference/routes.ts'
import type { DeepomaticOptions } from './options.ts'
import { recognitionRoutes } from './recognition/routes.ts'
import { noSuchRoute } from './request/no-such-route.ts'
import { parseJson } from './request/parse-json.ts'
import { taskRoutes } from './tasks/routes.ts'

/**
 * The Deepomatic API, as one scope: its own authentication, its own form of answers and errors. The server that it is
 * added to must take a path with or without a slash at its end.
 */
export async function deepomaticApi(app: FastifyInstance, options: DeepomaticOptions): Promise<void> {
  const { services } = options
  app.decorateRequest('caller')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: FastifyRequest, body: string) =>
    parseJson(body),
  )
  await takeForms(app)

  app.addHook('onRequest', async (request) => {
    request.caller = await services.authenticate(secretKeyOf(request))
  })
  // It is documented elsewhere, by those whose language it is.
  app.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, hide: true } as FastifySchema
  })
  app.setErrorHandler((thrown, request, reply) => {
    const error = toApiError(thrown)
    if (error.status === 500) app.log.error({ err: thrown, requestId: request.id }, 'request failed')
    else if (error.cause) app.log.debug({ err: error.cause, requestId: request.id }, 'request refused')
    if (error.retryAfterSeconds !== undefined) reply.header('retry-after', error.retryAfterSeconds)
    return reply.code(error.status).send({ error: error.message })
  })

  const refuse = noSuchRoute(app)
  accountRoutes(app, options)
  taskRoutes(app, options)
  recognitionRoutes(app, options)
  inferenceRoutes(app, options)
  // Also as routes: other languages of this server have paths that would fit what is not found here.
  for (const url of ['/', '/*']) app.all(url, refuse)
  app.setNotFoundHandler(refuse)
}

function secretKeyOf({ headers }: FastifyRequest): string {
  const key = headers['x-api-key']
  if (typeof key === 'string' && key !== '') return key
  throw new ApiError(401, 'no key: send a secret key as X-API-KEY')
}
