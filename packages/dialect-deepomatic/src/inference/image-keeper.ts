import { type ImageSource, maxImageBytes, type TaskId } from '@inferq/contracts'
import { createInputKeeper } from '@inferq/domain'
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
  const keeper = createInputKeeper(files, taskId)
  return {
    keep: (place, content) => keeper.keep(place, limited(content, place)),
    drop: () => keeper.drop(),
  }
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
