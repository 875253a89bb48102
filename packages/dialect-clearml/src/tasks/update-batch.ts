import { requireOwnTasks } from '../document/own-tasks.ts'
import { checkRemarks, remarkFields, writeRemarks } from '../document/remarks.ts'
import { defineEndpoint } from '../endpoint.ts'
import { ApiError } from '../errors/api-error.ts'
import { anyObject, object, optional, text } from '../transport/fields.ts'
import { validate } from '../transport/validate.ts'

const line = object({ task: optional(text), ...remarkFields })

/** tasks.update for many tasks, one a line; the last line of a task is the one that counts. */
export const tasksUpdateBatch = defineEndpoint('tasks.update_batch', {
  since: '2.1',
  request: anyObject,
  async handle(call) {
    const lines = call.batch.map((item) => validate(line, item))
    const byTask = new Map(lines.map(({ task, ...remarks }) => [requireId(task), remarks]))
    await requireOwnTasks(call, [...byTask.keys()])
    const checked = await Promise.all(
      [...byTask].map(async ([id, remarks]) => [id, await checkRemarks(call, remarks)] as const),
    )
    const changes = checked.filter(([, fields]) => Object.keys(fields).length > 0)
    for (const [id, fields] of changes) await writeRemarks(call, id, fields)
    return { updated: changes.length }
  },
})

/** The contract has a server fault here, though it is the caller's. */
function requireId(task: string | undefined): string {
  if (task === undefined) throw new ApiError('general', "each line must name its 'task'")
  return task
}
