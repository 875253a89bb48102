import type { JsonText } from '@inferq/contracts'
import type { FileStore, Task } from '@inferq/domain'

/** Inputs and results as JSON text, wherever they are kept: on the row, or in the file store when they are large. */
export const createResultReader = (files: FileStore) => {
  const read = (text: JsonText | null, key: string | null): Promise<JsonText | null> =>
    key === null ? Promise.resolve(text) : files.getText(key)
  return {
    input: (task: Task) => read(task.input, task.inputKey),
    result: (task: Task) => read(task.result, task.resultKey),
  }
}

export type ResultReader = ReturnType<typeof createResultReader>
