import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { isWatched } from '../queues/is-watched.ts'
import { defaulted, flag, object, text } from '../transport/fields.ts'
import { enqueueOne, entering, refuseTwoQueues } from './enqueue-one.ts'
import { noteQueues } from './note-queues.ts'

/** Puts a task in line on a queue, and off every other one. */
export const tasksEnqueue = defineEndpoint('tasks.enqueue', {
  since: '1.5',
  request: object({ task: text, force: flag, ...entering, update_execution_queue: defaulted(flag, true) }),
  async handle(call, { task: id, verify_watched_queue, update_execution_queue, ...request }) {
    refuseTwoQueues(request)
    if (verify_watched_queue && !update_execution_queue) {
      throw new ApiError('validation', "'verify_watched_queue' needs 'update_execution_queue'")
    }
    const { queue, answer } = await enqueueOne(call, id, { ...request, updateExecutionQueue: update_execution_queue })
    await noteQueues(call, [queue.id])
    const watched = verify_watched_queue
      ? { queue_watched: await isWatched(call.services, call.identity.company, queue) }
      : {}
    return { ...answer, queued: 1, ...watched }
  },
})
