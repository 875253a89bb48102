import { taskDocument } from '../document/task-document.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'
import { requireVisibleTasks } from './visible-tasks.ts'

/** One task, one's own or public, hidden or not, with plain ids. */
export const tasksGetById = defineEndpoint('tasks.get_by_id', {
  since: '2.1',
  request: object({ task: text }),
  handle: async (call, { task: id }) => {
    const [task] = await requireVisibleTasks(call, [id])
    return { task: await taskDocument(call, task) }
  },
})
