import { workerData } from 'node:worker_threads'
import { detailOf } from '../../threads/messages.ts'
import { serveThread } from '../../threads/serve-thread.ts'
import type { ReadImage, ReadRequest } from '../messages.ts'
import { readImage } from './read-image.ts'
import type { ReaderOptions } from './reader.ts'
import { UnreadableImage } from './unreadable-image.ts'

// Beside the thread of a model: while that one computes, this one has the next images ready.
const { preprocessing, limits }: ReaderOptions = workerData

await serveThread<null, ReadRequest, ReadImage>({
  mayOverlap: true,
  async load() {
    return {
      loaded: null,
      async handle({ image }, isCancelled) {
        if (isCancelled()) return null
        const answer = await readImage(image, preprocessing, limits)
        return { answer, transfer: [answer.values.buffer] }
      },
      dispose: async () => {},
    }
  },
  describeLoadError: (error) => ({
    code: 'ENGINE_FAILED',
    message: 'what reads images could not be started',
    detail: detailOf(error),
  }),
  describeCallError: (error) =>
    error instanceof UnreadableImage
      ? { code: 'INPUT_UNREADABLE', message: error.message, detail: detailOf(error.cause ?? error) }
      : { code: 'ENGINE_FAILED', message: 'could not be read', detail: detailOf(error) },
})
