import cors from '@fastify/cors'
import { clearmlApi, fileServer, uploadsAtRoot } from '@inferq/dialect-clearml'
import { deepomaticApi, withoutDoubledSlashes } from '@inferq/dialect-deepomatic'
import { twelvelabsApi, withReadableEscapes } from '@inferq/dialect-twelvelabs'
import { DomainError } from '@inferq/domain'
import type { Logger } from '@inferq/telemetry'
import type { FastifyInstance } from 'fastify'
import { apiDocs } from './http/api-docs.ts'
import { createServer } from './http/create-server.ts'
import { healthRoutes } from './http/health.ts'
import { metricsRoute } from './http/metrics-route.ts'
import { zodValidator } from './http/zod-validator.ts'
import { nativeErrorHandler } from './native/errors.ts'
import { nativeApi } from './native/index.ts'
import type { Services } from './services.ts'

export interface AppOptions {
  services: Services
  log: Logger
  maxBodyBytes: number
  corsOrigins: readonly string[]
  trustedProxies: readonly string[]
}

/** Where the file server is beside the APIs. */
const filesFolder = 'files'
const deepomaticPrefix = '/v0.7'
const twelvelabsPrefix = '/v1.3'

const corsMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Builds the HTTP service; whoever calls it listens, or injects requests in a test. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { services, log, maxBodyBytes, corsOrigins, trustedProxies } = options
  const app = await createServer({
    ...{ metrics: services.metrics, log, maxBodyBytes, trustedProxies },
    rewriteUrl: (url) => withReadableEscapes(withoutDoubledSlashes(url, deepomaticPrefix), twelvelabsPrefix),
  })
  app.setValidatorCompiler(zodValidator)
  // Handlers are typed by their response schemas, so an answer is not parsed again: that costs more than making it.
  app.setSerializerCompiler(() => JSON.stringify)
  app.setErrorHandler(nativeErrorHandler)
  app.setNotFoundHandler((request) => {
    throw new DomainError('ROUTE_NOT_FOUND', `there is no ${request.method} ${request.url.split('?')[0]}; see /docs`)
  })
  // Requests that wait would hold up the end for as long as they may wait.
  app.addHook('preClose', async () => services.changes.close())
  await apiDocs(app)
  healthRoutes(app, services)
  metricsRoute(app, services)
  await app.register(async (scope) => {
    // The ClearML API has rules of its own for this.
    if (corsOrigins.length > 0) await scope.register(cors, { origin: [...corsOrigins], methods: corsMethods })
    await scope.register(nativeApi, { prefix: '/v1', services })
    await scope.register(deepomaticApi, { prefix: deepomaticPrefix, services: services.deepomatic })
    await scope.register(twelvelabsApi, { prefix: twelvelabsPrefix, services: services.twelvelabs })
  })
  const clearml = { services: services.clearml, maxBodyBytes, corsOrigins }
  await app.register(clearmlApi, clearml)
  await app.register(fileServer, { prefix: `/${filesFolder}`, ...clearml })
  await app.register(uploadsAtRoot, { folder: filesFolder, ...clearml })
  return app
}
