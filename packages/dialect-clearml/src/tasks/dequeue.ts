import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { dequeueOne, leaving } from './dequeue-one.ts'

/** Takes a task off its queue, also one that runs already; it goes back to what it was before. */
export const tasksDequeue = defineEndpoint('tasks.dequeue', {
  since: '1.5',
  request: object({ task: text, ...leaving }),
  handle: async (call, { task: id, ...request }) => ({ ...(await dequeueOne(call, id, request)), dequeued: 1 }),
})
