import type { Call } from '../call.ts'
import { changeOwnModel } from './change-own-model.ts'
import { findOwnModel } from './find-model.ts'
import { changesOf, checkedFields, type ModelFields } from './model-fields.ts'
import { noteIteration } from './note-iteration.ts'

/** Changes what is given, and answers that. `iteration` is how far the task that made it has come. */
export async function writeModel(
  call: Call,
  id: string,
  { iteration, ...request }: ModelFields & { iteration?: number | undefined },
) {
  const present = await findOwnModel(call, id)
  const fields = await checkedFields(call, request)
  const task = fields.task || present.task
  if (iteration !== undefined && task) await noteIteration(call, task, iteration)
  if (Object.keys(fields).length === 0) return { updated: 0, fields }
  await changeOwnModel(call, id, changesOf(fields))
  return { updated: 1, fields }
}
