import type { QueueRecord } from '@inferq/domain'
import { defineEndpoint } from '../endpoint.ts'
import { isWatched } from '../queues/is-watched.ts'
import { runBatch } from '../transport/batch.ts'
import { flag, ids, object } from '../transport/fields.ts'
import { enqueueOne, entering, refuseTwoQueues } from './enqueue-one.ts'
import { noteQueues } from './note-queues.ts'

/** tasks.enqueue for each; whether the queue is watched is told of the first that stands in it. */
export const tasksEnqueueMany = defineEndpoint('tasks.enqueue_many', {
  since: '2.13',
  request: object({ ids, ...entering, validate_tasks: flag }),
  async handle(call, { ids, verify_watched_queue, validate_tasks, ...request }) {
    refuseTwoQueues(request)
    const queues: QueueRecord[] = []
    const results = await runBatch(ids, async (id) => {
      const { queue, answer } = await enqueueOne(call, id, { ...request, validate: validate_tasks })
      queues.push(queue)
      return { ...answer, queued: true }
    })
    await noteQueues(
      call,
      queues.map(({ id }) => id),
    )
    const [queue] = queues
    if (!verify_watched_queue || !queue) return results
    return { ...results, queue_watched: await isWatched(call.services, call.identity.company, queue) }
  },
})
