import { workerData } from 'node:worker_threads'
import type { ModelThreadOptions } from '../onnx/messages.ts'
import { configureLibrary } from '../onnx/open-model.ts'
import { describeRunError } from '../onnx/run-errors.ts'
import { describeSoundLoadError } from '../sound/load-errors.ts'
import type { LoadedSoundModel, SoundsRequest } from '../sound/messages.ts'
import { serveThread } from '../threads/serve-thread.ts'
import type { Transcribed } from './messages.ts'
import { openSpeechModel } from './speech-model.ts'

// The thread of one model: a run of it blocks the thread it is in, and the main one has locks to renew.
const options: ModelThreadOptions = workerData

await serveThread<LoadedSoundModel, SoundsRequest, Transcribed>({
  async load() {
    configureLibrary(options)
    const model = await openSpeechModel(options)
    return {
      loaded: model.loaded,
      async handle({ sounds }, isCancelled) {
        const answer = await model.transcribe(sounds, isCancelled)
        return answer && { answer, transfer: [] }
      },
      dispose: () => model.dispose(),
    }
  },
  describeLoadError: (error) =>
    describeSoundLoadError(error, options, ['config.json', 'preprocessor_config.json', 'tokenizer.json']),
  describeCallError: describeRunError(options),
})
