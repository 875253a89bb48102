import type { Logger } from '@inferq/telemetry'
import type { FastifyInstance } from 'fastify'
import type { ApiMetrics } from '../metrics.ts'

/** The one place that measures and logs requests: faults loudly, the rest for those who ask. */
export function logRequests(app: FastifyInstance, { metrics, log }: { metrics: ApiMetrics; log: Logger }): void {
  app.addHook('onResponse', async (request, reply) => {
    const seconds = reply.elapsedTime / 1_000
    const route = request.operation ?? request.routeOptions.url ?? 'unknown'
    metrics.http.observe({ method: request.method, route, status: String(reply.statusCode) }, seconds)
    const level = reply.statusCode >= 500 ? 'warn' : 'debug'
    if (log.isLevelEnabled(level)) {
      log[level]({ requestId: request.id, method: request.method, route, status: reply.statusCode, seconds }, 'request')
    }
  })
}
