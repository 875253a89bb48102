import { z } from 'zod'
import type { Call } from '../call.ts'
import { date } from '../query/date-field.ts'
import { list, optional, text } from '../transport/fields.ts'
import { changeOwnTask } from './change-own-task.ts'
import { changeStamps } from './change-stamps.ts'
import { checkedName, requireProject } from './check-fields.ts'
import { onlyGiven } from './only-given.ts'
import type { TaskFields } from './task-fields.ts'
import { writeTask } from './write-task.ts'

/** What tasks.update takes: fields that may be written whatever the task's status is. */
export const remarkFields = {
  name: optional(text),
  tags: optional(list(text)),
  system_tags: optional(list(text)),
  comment: optional(text),
  project: optional(text),
  output__error: optional(text),
  status_message: optional(text),
  created: optional(date),
}
const allRemarks = z.object(remarkFields)
export type Remarks = Partial<z.output<typeof allRemarks>>

/** The same in the words of a task, checked. Throws 400/800 for the name and 400/16 for an unknown project. */
export async function checkRemarks(call: Call, { output__error, ...remarks }: Remarks): Promise<TaskFields> {
  if (remarks.project) await requireProject(call, remarks.project, { writable: false })
  return onlyGiven({
    ...remarks,
    name: remarks.name === undefined ? undefined : checkedName(remarks.name),
    output: output__error === undefined ? undefined : { error: output__error },
  })
}

/** Writes checked remarks; not an update of the work itself. */
export async function writeRemarks(call: Call, id: string, fields: TaskFields): Promise<Record<string, unknown>> {
  let said: Record<string, unknown> = {}
  const { after } = await changeOwnTask(call, id, (task, inputs) => {
    const { set, fields: written } = writeTask(task, fields, inputs, call)
    const { output: _, ...others } = written
    said = fields.output ? { ...others, 'output.error': fields.output.error } : others
    return { set, counts: 'edit' }
  })
  return { ...said, ...changeStamps(after, 'edit') }
}
