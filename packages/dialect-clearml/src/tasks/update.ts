import { requireOwnTasks } from '../document/own-tasks.ts'
import { checkRemarks, remarkFields, writeRemarks } from '../document/remarks.ts'
import { defineEndpoint } from '../endpoint.ts'
import { object, text } from '../transport/fields.ts'

/** Notes something about a task, whatever its status is. */
export const tasksUpdate = defineEndpoint('tasks.update', {
  since: '2.1',
  request: object({ task: text, ...remarkFields }),
  async handle(call, { task: id, ...remarks }) {
    await requireOwnTasks(call, [id])
    const fields = await checkRemarks(call, remarks)
    if (Object.keys(fields).length === 0) return { updated: 0 }
    return { updated: 1, fields: await writeRemarks(call, id, fields) }
  },
})
