import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

export function metricsRoute(app: FastifyInstance, { metrics }: Services): void {
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    reply.type(metrics.contentType)
    return metrics.render()
  })
}
