import type { DetailedTask } from '@inferq/domain'
import type { Call } from '../call.ts'
import { type Selection, selectionOf } from '../query/selection.ts'
import { inputItem } from './parts/configuration.ts'

/** Input and result of a task with a job, wherever they are kept. */
export interface JobContent {
  input: string | null
  /** Null: there is none, or nobody asks for it. */
  result: string | null
}

const nothing: JobContent = { input: null, result: null }

/** Files are read only for what the selection has of them. */
export async function jobContent(
  { services }: Pick<Call, 'services'>,
  task: DetailedTask,
  selection: Selection,
): Promise<JobContent> {
  if (task.job === null) return nothing
  const configuration = selectionOf(selection, 'configuration')
  const execution = selectionOf(selection, 'execution')
  const wantsInput = configuration !== null && selectionOf(configuration, inputItem) !== null
  const wantsResult = execution !== null && selectionOf(execution, 'artifacts') !== null
  const read = async (wanted: boolean, text: string | null, key: string | null) => {
    if (!wanted) return null
    return key === null ? text : services.files.getText(key)
  }
  const [input, result] = await Promise.all([
    read(wantsInput, task.input, task.inputKey),
    read(wantsResult, task.result, task.resultKey),
  ])
  return { input, result }
}
