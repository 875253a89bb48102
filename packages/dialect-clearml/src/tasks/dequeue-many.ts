import { defineEndpoint } from '../endpoint.ts'
import { runBatch } from '../transport/batch.ts'
import { ids, object } from '../transport/fields.ts'
import { dequeueOne, leaving } from './dequeue-one.ts'

/** tasks.dequeue for each. */
export const tasksDequeueMany = defineEndpoint('tasks.dequeue_many', {
  since: '2.13',
  request: object({ ids, ...leaving }),
  handle: (call, { ids, ...request }) =>
    runBatch(ids, async (id) => ({ ...(await dequeueOne(call, id, request)), dequeued: true })),
})
