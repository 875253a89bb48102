import { checkReferences } from '../document/check-fields.ts'
import { isDeletedParent } from '../document/deleted-parent.ts'
import { newTask } from '../document/new-task.ts'
import { taskType } from '../document/schemas.ts'
import { taskFields } from '../document/task-fields.ts'
import { unkeptInputs } from '../document/task-inputs.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'

/** Says whether a task could be made of this, and makes none. A parent that was deleted meanwhile does not count. */
export const tasksValidate = defineEndpoint('tasks.validate', {
  since: '2.1',
  request: object({ name: text, type: taskType, ...taskFields }),
  async handle(call, request) {
    const isDeleted = request.parent !== undefined && isDeletedParent(request.parent)
    const fields = isDeleted ? { ...request, parent: undefined } : request
    await checkReferences(call, fields)
    newTask(call, 'none', fields, unkeptInputs)
    return {}
  },
})
