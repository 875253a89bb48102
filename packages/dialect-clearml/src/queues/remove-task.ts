import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, object, text } from '../transport/fields.ts'
import { notInQueue } from './not-in-queue.ts'
import { noteEntries } from './note-entries.ts'
import { requireQueue } from './require-queue.ts'

/** Takes a task out of the line; what it is stays as it is unless `update_task_status`. */
export const queuesRemoveTask = defineEndpoint('queues.remove_task', {
  since: '2.4',
  request: object({ queue: text, task: text, update_task_status: defaulted(flag, false) }),
  async handle(call, { queue: queueId, task, update_task_status: updateStatus }) {
    const queue = await requireQueue(call, queueId)
    const { company, user } = call.identity
    const reason = `Task was removed from the queue ${queueId}`
    const options = { queueId, by: user, updateStatus, reason }
    const isRemoved = await call.services.operations.removeFromQueue(company, task, options)
    if (!isRemoved) throw notInQueue(queueId, task)
    await noteEntries(call, [queue])
    return { removed: 1 }
  },
})
