import type { Json, JsonText } from '@inferq/contracts'
import type { FileStore, Task } from '@inferq/domain'

/** Inputs and results are kept as text, large ones in the file store; here they become values again. */
export const createResultReader = (files: FileStore) => {
  const read = async (text: JsonText | null, key: string | null): Promise<Json> => {
    const found = key === null ? text : await files.getText(key)
    return found === null ? null : JSON.parse(found)
  }
  return {
    input: (task: Task) => read(task.input, task.inputKey),
    result: (task: Task) => read(task.result, task.resultKey),
  }
}

export type ResultReader = ReturnType<typeof createResultReader>
