import { changeOwnTask } from '../document/change-own-task.ts'
import { writeScript } from '../document/write-script.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { anyObject, object, text } from '../transport/fields.ts'

/** Replaces what a task's script needs installed, whatever the task's status is. */
export const tasksSetRequirements = defineEndpoint('tasks.set_requirements', {
  since: '2.1',
  request: object({ task: text, requirements: anyObject }),
  async handle(call, { task: id, requirements }) {
    await changeOwnTask(call, id, (task) => {
      if (task.script === null && task.job === null) {
        throw new ApiError('missingTaskFields', 'the task has no script', { task: id })
      }
      return { set: writeScript(task, { requirements }) }
    })
    return { updated: 1, fields: { 'script.requirements': requirements } }
  },
})
