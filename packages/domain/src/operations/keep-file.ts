import { findJob, inlineInputBytes, type JsonText, partialsKeyOf } from '@inferq/contracts'
import type { FileStore, Ports } from '../ports.ts'
import type { Task } from '../task.ts'

/** An input as the row has it: a large one is a file of that name, which nothing else may have. */
export async function keepInput(
  { files }: Pick<Ports, 'files'>,
  name: string,
  text: JsonText,
): Promise<Pick<Task, 'input' | 'inputKey'>> {
  if (Buffer.byteLength(text) <= inlineInputBytes) return { input: text, inputKey: null }
  const inputKey = `inputs/${name}.json`
  await files.put(inputKey, text)
  return { input: null, inputKey }
}

/** Deletes the files that were a task's, or would have been, but those it still names. */
export async function dropFiles(
  { files }: { files: Pick<FileStore, 'delete'> },
  keys: readonly (string | null)[],
  still: Partial<Pick<Task, 'inputKey' | 'resultKey'>> = {},
): Promise<void> {
  const kept = [null, still.inputKey, still.resultKey]
  await Promise.all(keys.filter((key) => !kept.includes(key)).map((key) => files.delete(key as string)))
}

type Run = Pick<Task, 'id' | 'job' | 'run'>

/** What attempts of this run may have kept, as a worker drops it that ends a run. */
export const partialsOf = ({ id, job, run }: Run): string[] =>
  job !== null && findJob(job)?.keepsPartials ? [partialsKeyOf(id, run)] : []
