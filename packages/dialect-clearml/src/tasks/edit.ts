import { TaskStatus } from '@inferq/contracts'
import { changeOwnTask } from '../document/change-own-task.ts'
import { changeStamps } from '../document/change-stamps.ts'
import { checkedName, checkReferences } from '../document/check-fields.ts'
import { countsOf } from '../document/counts-of.ts'
import { requireDraft } from '../document/require-status.ts'
import { taskType } from '../document/schemas.ts'
import { taskFields } from '../document/task-fields.ts'
import { type Written, writeTask } from '../document/write-task.ts'
import { defineEndpoint } from '../endpoint.ts'
import { flag, object, optional, text } from '../transport/fields.ts'

/** Changes fields of a draft; with force, of any task. */
export const tasksEdit = defineEndpoint('tasks.edit', {
  since: '2.1',
  request: object({
    task: text,
    force: flag,
    name: optional(text),
    type: optional(taskType),
    status: optional(TaskStatus),
    ...taskFields,
  }),
  async handle(call, { task: id, force, ...request }) {
    const fields = request.name === undefined ? request : { ...request, name: checkedName(request.name) }
    await checkReferences(call, fields)
    let written: Written = { set: {}, fields: {} }
    const { after } = await changeOwnTask(call, id, (task, inputs) => {
      requireDraft(task, force)
      written = writeTask(task, fields, inputs, call)
      return isEmpty(written.set) ? null : { set: written.set, counts: countsOf(written.fields) }
    })
    if (isEmpty(written.set)) return { updated: 0, fields: {} }
    return { updated: 1, fields: { ...written.fields, ...changeStamps(after, countsOf(written.fields)) } }
  },
})

const isEmpty = (columns: object): boolean => Object.keys(columns).length === 0
