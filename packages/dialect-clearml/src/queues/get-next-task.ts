import type { LineEntry } from '@inferq/domain'
import type { Call } from '../call.ts'
import { isoDate } from '../document/iso-date.ts'
import { defineEndpoint } from '../endpoint.ts'
import { defaulted, flag, object, optional, text } from '../transport/fields.ts'
import { agentOf } from '../workers/agent-of.ts'
import { noteEntries } from './note-entries.ts'
import { requireQueue } from './require-queue.ts'

/**
 * Takes the first task from the agents' line. It is the caller's for as long as a lease lasts; not started by then, it
 * goes back to the front. An empty or paused queue answers `{}`.
 */
export const queuesGetNextTask = defineEndpoint('queues.get_next_task', {
  since: '2.4',
  request: object({ queue: text, get_task_info: defaulted(flag, false), task: optional(text) }),
  async handle(call, { queue: id, get_task_info, task: onlyTask }) {
    const queue = await requireQueue(call, id)
    if (queue.paused) return {}
    const { agentsLine, settings } = call.services
    const { leaseSeconds } = settings
    const entry = await agentsLine.takeFirst(id, {
      ...{ leaseSeconds, ...agentOf(call) },
      ...(onlyTask === undefined ? {} : { onlyTask }),
    })
    if (!entry) return {}
    await noteEntries(call, [queue])
    return {
      entry: { task: entry.taskId, added: isoDate(entry.addedAt) },
      ...(get_task_info ? await taskInfo(call, entry) : {}),
    }
  },
})

/** Nothing of a task that is not there: an entry needs none. */
async function taskInfo({ services, identity }: Call, { taskId }: LineEntry) {
  const [task] = await services.tasks.findDetailed(identity.company, [taskId], 'visible')
  return task ? { task_info: { company: task.company, user: task.user } } : {}
}
