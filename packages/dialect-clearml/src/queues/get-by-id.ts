import { z } from 'zod'
import { queueDocuments } from '../document/queue-document.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object, optional, text, whole } from '../transport/fields.ts'
import { requireQueue } from './require-queue.ts'

export const queuesGetById = defineEndpoint('queues.get_by_id', {
  since: '2.4',
  request: object({ queue: text, max_task_entries: optional(whole.pipe(z.number().min(0))) }),
  async handle(call, { queue: id, max_task_entries: maxEntries }) {
    const [queue] = await queueDocuments(call, [await requireQueue(call, id)], { maxEntries })
    return { queue }
  },
})
