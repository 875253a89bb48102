import { changeOwnTask } from '../document/change-own-task.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { flag, object, text } from '../transport/fields.ts'
import { isLocked } from './is-locked.ts'

/** Forgets all that a task reported, and what it shows of that. */
export const eventsDeleteForTask = defineEndpoint('events.delete_for_task', {
  since: '2.1',
  request: object({ task: text, allow_locked: flag }),
  async handle(call, { task: id, allow_locked }) {
    await changeOwnTask(call, id, (task) => {
      const { status } = task
      if (isLocked(task) && !allow_locked) {
        throw new ApiError('invalidTaskStatus', 'expected it not to be published, or allow_locked', { id, status })
      }
      return { set: { lastMetrics: null, lastIteration: 0 }, dropEvents: true }
    })
    return { deleted: true }
  },
})
