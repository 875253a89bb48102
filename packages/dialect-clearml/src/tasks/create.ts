import { checkedName, checkReferences } from '../document/check-fields.ts'
import { taskType } from '../document/schemas.ts'
import { storeNewTask } from '../document/store-new-task.ts'
import { taskFields } from '../document/task-fields.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'

/** Makes a task that is not enqueued yet. */
export const tasksCreate = defineEndpoint('tasks.create', {
  since: '2.1',
  request: object({ name: text, type: taskType, ...taskFields }),
  async handle(call, request) {
    const fields = { ...request, name: checkedName(request.name) }
    await checkReferences(call, fields)
    const { id } = await storeNewTask(call, () => fields)
    return { id }
  },
})
