import type { FastifyInstance } from 'fastify'
import { callOf } from '../call.ts'
import type { DeepomaticOptions } from '../options.ts'
import { resolveTarget } from '../recognition/resolve-target.ts'
import { discardRest, endWhenIdle } from './patience.ts'
import { runInference } from './run-inference.ts'

/** Images in, a task out; clients poll for what comes of it. */
export function inferenceRoutes(app: FastifyInstance, { services }: DeepomaticOptions): void {
  const hooks = {
    onRequest: async (request: Parameters<typeof endWhenIdle>[0]) => endWhenIdle(request),
    onSend: async (request: Parameters<typeof discardRest>[0]) => discardRest(request),
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
