import { workerData } from 'node:worker_threads'
import { describeLoadError } from '../../onnx/load-errors.ts'
import type { ModelThreadOptions } from '../../onnx/messages.ts'
import { configureLibrary } from '../../onnx/open-model.ts'
import { detailOf, type ErrorMessage } from '../../threads/messages.ts'
import { serveThread } from '../../threads/serve-thread.ts'
import type { ComputeAnswer, ComputeRequest, LoadedImageModel } from '../messages.ts'
import { UnknownPreprocessing } from '../reading/preprocessing.ts'
import { openImageModel } from './image-model.ts'

// The thread of one model: a run of it blocks the thread it is in, and the main one has locks to renew.
const options: ModelThreadOptions = workerData

await serveThread<LoadedImageModel, ComputeRequest, ComputeAnswer>({
  async load() {
    configureLibrary(options)
    const model = await openImageModel(options)
    return {
      loaded: model.loaded,
      async handle(request, isCancelled) {
        return isCancelled() ? null : { answer: await model.compute(request), transfer: [] }
      },
      dispose: () => model.dispose(),
    }
  },
  describeLoadError: describeFailure,
  describeCallError: (error) => ({
    code: 'ENGINE_FAILED',
    message: `the model "${options.model}" failed on this input`,
    detail: detailOf(error),
  }),
})

function describeFailure(error: unknown): ErrorMessage {
  if (!(error instanceof UnknownPreprocessing))
    return describeLoadError(error, options, ['config.json', 'preprocessor_config.json'])
  const message = `the model "${options.model}" wants its images prepared in a way that is not known here: ${error.message}`
  return { code: 'MODEL_LOAD_FAILED', message, detail: detailOf(error) }
}
