import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { requireQueue } from './require-queue.ts'

export const queuesPeekTask = defineEndpoint('queues.peek_task', {
  since: '2.15',
  request: object({ queue: text }),
  async handle(call, { queue: id }) {
    const entries = await call.services.operations.queueEntries([await requireQueue(call, id)], 1)
    return { task: entries.get(id)?.[0]?.taskId ?? null }
  },
})
