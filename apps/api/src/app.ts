import cors from '@fastify/cors'
import underPressure from '@fastify/under-pressure'
import { clearmlApi } from '@inferq/dialect-clearml'
import { DomainError } from '@inferq/domain'
import type { Logger } from '@inferq/telemetry'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { apiDocs } from './http/api-docs.ts'
import { healthRoutes } from './http/health.ts'
import { metricsRoute } from './http/metrics-route.ts'
import { logRequests } from './http/request-log.ts'
import { zodValidator } from './http/zod-validator.ts'
import { nativeErrorHandler } from './native/errors.ts'
import { nativeApi } from './native/index.ts'
import type { Services } from './services.ts'

export interface AppOptions {
  services: Services
  log: Logger
  maxBodyBytes: number
  corsOrigins: readonly string[]
}

/** Above this the process answers 503 rather than letting every caller wait. */
const maxEventLoopDelayMs = 2_000

/** Builds the HTTP service; whoever calls it listens, or injects requests in a test. */
export async function buildApp({ services, log, maxBodyBytes, corsOrigins }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // A child logger per request would cost more than the request; what is logged names its id.
    childLoggerFactory: (logger) => logger,
    bodyLimit: maxBodyBytes,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    forceCloseConnections: 'idle',
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
  logRequests(app, { metrics: services.metrics, log })
  await app.register(underPressure, { maxEventLoopDelay: maxEventLoopDelayMs })
  await apiDocs(app)
  healthRoutes(app, services)
  metricsRoute(app, services)
  await app.register(async (scope) => {
    // The ClearML API has rules of its own for this.
    if (corsOrigins.length > 0) await scope.register(cors, { origin: [...corsOrigins] })
    await scope.register(nativeApi, { prefix: '/v1', services })
  })
  await app.register(clearmlApi, { services: services.clearml, maxBodyBytes, corsOrigins })
  return app
}
