import { workerData } from 'node:worker_threads'
import type { ModelThreadOptions } from '../onnx/messages.ts'
import { configureLibrary } from '../onnx/open-model.ts'
import { describeRunError } from '../onnx/run-errors.ts'
import { describeSoundLoadError } from '../sound/load-errors.ts'
import type { SoundsRequest } from '../sound/messages.ts'
import { serveThread } from '../threads/serve-thread.ts'
import { openAudioModel } from './audio-model.ts'
import type { EmbeddedSounds, LoadedAudioModel } from './messages.ts'

// The thread of one model: a run of it blocks the thread it is in, and the main one has locks to renew.
const options: ModelThreadOptions = workerData

await serveThread<LoadedAudioModel, SoundsRequest, EmbeddedSounds>({
  async load() {
    configureLibrary(options)
    const model = await openAudioModel(options)
    return {
      loaded: model.loaded,
      async handle({ sounds }, isCancelled) {
        const answer = await model.embed(sounds, isCancelled)
        return answer && { answer, transfer: answer.embeddings.map(({ buffer }) => buffer) }
      },
      dispose: () => model.dispose(),
    }
  },
  describeLoadError: (error) => describeSoundLoadError(error, options, ['config.json', 'preprocessor_config.json']),
  describeCallError: describeRunError(options),
})
