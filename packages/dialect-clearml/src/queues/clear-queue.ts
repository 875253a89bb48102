import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { noteEntries } from './note-entries.ts'
import { requireQueue } from './require-queue.ts'

/** Takes out every task that waits; those whose queue this is become what they were before, and are listed. */
export const queuesClearQueue = defineEndpoint('queues.clear_queue', {
  since: '2.31',
  request: object({ queue: text }),
  async handle(call, { queue: id }) {
    const queue = await requireQueue(call, id)
    const { company, user } = call.identity
    const options = { by: user, reason: `Queue ${id} was cleared` }
    const removed = await call.services.operations.clearQueue(company, id, options)
    await noteEntries(call, [queue])
    return { removed_tasks: removed }
  },
})
