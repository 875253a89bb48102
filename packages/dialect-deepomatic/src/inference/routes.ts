import { discardRest, endWhenIdle } from '@inferq/forms'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { callOf } from '../call.ts'
import type { DeepomaticOptions } from '../options.ts'
import { resolveTarget } from '../recognition/resolve-target.ts'
import { runInference } from './run-inference.ts'

/** How long nothing may come of a form. */
const idleMs = 60_000

/** Images in, a task out; clients poll for what comes of it. */
export function inferenceRoutes(app: FastifyInstance, { services }: DeepomaticOptions): void {
  const hooks = {
    onRequest: async (request: FastifyRequest) => endWhenIdle(request, idleMs),
    onSend: async (request: FastifyRequest, reply: FastifyReply) => discardRest(request, reply),
  }
  for (const kind of ['public', 'specs', 'versions'] as const) {
    app.post<{ Params: { id: string } }>(`/recognition/${kind}/:id/inference`, hooks, async (request) => {
      const call = callOf(request, services)
      const target = await resolveTarget(call, kind, request.params.id)
      const { number } = await runInference(call, target, request)
      return { task_id: String(number) }
    })
  }
}
