import underPressure from '@fastify/under-pressure'
import type { Logger } from '@inferq/telemetry'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { ApiMetrics } from '../metrics.ts'
import { logRequests } from './request-log.ts'

export interface ServerOptions {
  metrics: ApiMetrics
  log: Logger
  maxBodyBytes: number
  /** Addresses and networks whose word on a caller's address, protocol and host is taken; empty: nobody's. */
  trustedProxies: readonly string[]
  /** What is meant by an address, before a route is looked for. */
  rewriteUrl?: (url: string) => string
}

/** Above this the process answers 503 rather than letting every caller wait. */
const maxEventLoopDelayMs = 2_000
/** Some clients name many tasks in one address. */
const maxHeaderBytes = 64 * 1024

/** An HTTP server that measures and logs its requests, and has no routes yet. Uploads may take as long as they need. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { metrics, log, maxBodyBytes, trustedProxies, rewriteUrl = (url: string) => url } = options
  const app = Fastify({
    http: { maxHeaderSize: maxHeaderBytes },
    rewriteUrl: ({ url = '/' }) => rewriteUrl(url),
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // A child logger per request would cost more than the request; what is logged names its id.
    childLoggerFactory: (logger) => logger,
    bodyLimit: maxBodyBytes,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    forceCloseConnections: 'idle',
  })
  logRequests(app, { metrics, log })
  await app.register(underPressure, { maxEventLoopDelay: maxEventLoopDelayMs })
  return app
}
