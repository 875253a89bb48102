import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, object, text } from '../transport/fields.ts'
import { noteEntries } from './note-entries.ts'
import { requireQueue } from './require-queue.ts'

/** Puts a task in line as it is; a native one is enqueued. */
export const queuesAddTask = defineEndpoint('queues.add_task', {
  since: '2.4',
  request: object({ queue: text, task: text, update_execution_queue: defaulted(flag, true) }),
  async handle(call, { queue: queueId, task, update_execution_queue: updateExecutionQueue }) {
    const queue = await requireQueue(call, queueId)
    const { company, user } = call.identity
    await call.services.operations.addToQueue(company, task, { queueId, by: user, updateExecutionQueue })
    await noteEntries(call, [queue])
    return { added: 1 }
  },
})
