import { maxInlineSourceBytes, type TaskId } from '@inferq/contracts'
import { dropFiles } from './operations/keep-file.ts'
import { taskFileKey } from './operations/task-files.ts'
import type { StreamedFiles } from './ports/file-store.ts'

/** What comes with a task that is still to be submitted, such as its images. */
export interface InputKeeper {
  /** In the input itself when it is small, else as a file of the task; in bounded memory. */
  keep(place: number, content: Content): Promise<{ base64: string } | { file: string }>
  /** Deletes the files: no task will ever name them. */
  drop(): Promise<void>
}

type Content = Iterable<Uint8Array> | AsyncIterable<Uint8Array>

export function createInputKeeper(files: Pick<StreamedFiles, 'write' | 'delete'>, taskId: TaskId): InputKeeper {
  const keys: string[] = []
  return {
    async keep(place, content) {
      const source = iteratorOf(content)
      const { head, isWhole } = await readHead(source)
      // No bytes at all are no medium; what reads it says so, as it does of all others that are none.
      if (isWhole && head.length > 0) return { base64: head.toString('base64') }
      const key = taskFileKey(taskId, place)
      keys.push(key)
      if ((await files.write(key, joined(head, source))) === null) throw new Error(`${key} cannot be a file`)
      return { file: key }
    },
    drop: () => dropFiles({ files }, keys),
  }
}

/** As much as may ride in the input, and whether that was all. */
async function readHead(source: AsyncIterator<Uint8Array>): Promise<{ head: Buffer; isWhole: boolean }> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  while (sizeBytes <= maxInlineSourceBytes) {
    const { value, done } = await source.next()
    if (done) return { head: Buffer.concat(chunks), isWhole: true }
    chunks.push(value)
    sizeBytes += value.length
  }
  return { head: Buffer.concat(chunks), isWhole: false }
}

async function* joined(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  for (let step = await rest.next(); !step.done; step = await rest.next()) yield step.value
}

async function* each(content: Content): AsyncGenerator<Uint8Array> {
  yield* content
}

const iteratorOf = (content: Content): AsyncIterator<Uint8Array> => each(content)[Symbol.asyncIterator]()
