import type { ModelThreadOptions } from '../../onnx/messages.ts'
import { startThread, type Thread } from '../../threads/start-thread.ts'
import type { ComputeAnswer, ComputeRequest, LoadedImageModel } from '../messages.ts'

/** A thread that holds one loaded model. */
export type ModelThread = Thread<LoadedImageModel, ComputeRequest, ComputeAnswer>

export const startModelThread = (options: ModelThreadOptions): Promise<ModelThread> =>
  startThread({
    main: new URL('./model-thread-main.ts', import.meta.url),
    name: `inferq ${options.model}`,
    purpose: `ran the model "${options.model}"`,
    options,
  })
