import { type ImageSource, maxImageBytes, maxInlineImageBytes, type TaskId } from '@inferq/contracts'
import { dropTaskFiles, taskFileKey } from '@inferq/domain'
import { ApiError } from '../errors/api-error.ts'
import type { DeepomaticServices } from '../services.ts'

/** The images that come with one request. */
export interface ImageKeeper {
  /** In the input itself when it is small, else as a file of the task; in bounded memory. Throws 413. */
  keep(place: number, content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<ImageSource>
  /** Deletes the files: no task will ever name them. */
  drop(): Promise<void>
}

export function createImageKeeper(files: DeepomaticServices['files'], taskId: TaskId): ImageKeeper {
  const keys: string[] = []
  return {
    async keep(place, content) {
      const source = iteratorOf(limited(content, place))
      const { head, isWhole } = await readHead(source)
      // No bytes at all are no image; what reads it says so, as it does of all others that are none.
      if (isWhole && head.length > 0) return { base64: head.toString('base64') }
      const key = taskFileKey(taskId, place)
      keys.push(key)
      if ((await files.write(key, joined(head, source))) === null) throw new Error(`${key} cannot be a file`)
      return { file: key }
    },
    drop: () => dropTaskFiles(files, keys),
  }
}

/** As much as may ride in the input, and whether that was all. */
async function readHead(source: AsyncIterator<Uint8Array>): Promise<{ head: Buffer; isWhole: boolean }> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  while (sizeBytes <= maxInlineImageBytes) {
    const { value, done } = await source.next()
    if (done) return { head: Buffer.concat(chunks), isWhole: true }
    chunks.push(value)
    sizeBytes += value.length
  }
  return { head: Buffer.concat(chunks), isWhole: false }
}

async function* limited(
  content: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  place: number,
): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0
  for await (const chunk of content) {
    sizeBytes += chunk.length
    if (sizeBytes > maxImageBytes) {
      throw new ApiError(413, `inputs[${place}].image.source: an image has at most ${maxImageBytes} bytes`)
    }
    yield chunk
  }
}

async function* joined(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  for (let step = await rest.next(); !step.done; step = await rest.next()) yield step.value
}

const iteratorOf = <Item>(items: AsyncIterable<Item>): AsyncIterator<Item> => items[Symbol.asyncIterator]()
