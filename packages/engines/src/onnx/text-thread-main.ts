import { workerData } from 'node:worker_threads'
import { detailOf, type ErrorMessage } from '../threads/messages.ts'
import { serveThread } from '../threads/serve-thread.ts'
import { describeLoadError } from './load-errors.ts'
import type { EmbedRequest, LoadedModel, ModelThreadOptions } from './messages.ts'
import { configureLibrary } from './open-model.ts'
import { type Embedded, openTextModel } from './text-model.ts'
import { UnreadableText } from './tokenise.ts'

// The thread of one model: started by text-thread.ts. A run of the model blocks the thread it is in, and the main one
// has locks to renew.
const options: ModelThreadOptions = workerData

await serveThread<LoadedModel, EmbedRequest, Embedded>({
  async load() {
    configureLibrary(options)
    const model = await openTextModel(options)
    return {
      loaded: model.loaded,
      async handle({ texts }, isCancelled) {
        const answer = await model.embed(texts, isCancelled)
        return answer && { answer, transfer: [answer.vectors.buffer] }
      },
      dispose: () => model.dispose(),
    }
  },
  describeLoadError: (error) =>
    describeLoadError(error, options, ['config.json', 'tokenizer.json', 'tokenizer_config.json']),
  describeCallError: describeRunError,
})

function describeRunError(error: unknown): ErrorMessage {
  const detail = detailOf(error)
  if (error instanceof UnreadableText) return { code: 'INPUT_INVALID', message: error.message, detail }
  return { code: 'ENGINE_FAILED', message: `the model "${options.model}" failed on this input`, detail }
}
