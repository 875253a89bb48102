import type { FastifyInstance } from 'fastify'
import type { Services } from '../services.ts'

/**
 * `/healthz`: the process is alive. `/readyz`: it can take tasks, which needs the record; while Redis is away tasks are
 * still taken and delivered later, so that is reported and does not take the instance out of service.
 */
export function healthRoutes(app: FastifyInstance, { pingStore, redis }: Services): void {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const [record, queue] = await Promise.all([works(pingStore()), works(redis.ping())])
    reply.code(record ? 200 : 503)
    return { status: record ? 'ready' : 'unavailable', record: word(record), queue: word(queue) }
  })
}

const word = (up: boolean) => (up ? 'up' : 'down')
const works = (attempt: Promise<unknown>) =>
  attempt.then(
    () => true,
    () => false,
  )
