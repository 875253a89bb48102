import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { requireQueue } from './require-queue.ts'

export const queuesGetNumEntries = defineEndpoint('queues.get_num_entries', {
  since: '2.15',
  request: object({ queue: text }),
  async handle(call, { queue: id }) {
    const counts = await call.services.operations.countQueueEntries([await requireQueue(call, id)])
    return { num: counts.get(id) ?? 0 }
  },
})
