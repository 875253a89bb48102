import { describeLoadError } from '../onnx/load-errors.ts'
import type { ModelThreadOptions } from '../onnx/messages.ts'
import { detailOf, type ErrorMessage } from '../threads/messages.ts'
import { UnsupportedModel } from './unsupported-model.ts'

/** As that of any model, and what is wrong with one that cannot do what it was set for. */
export function describeSoundLoadError(
  error: unknown,
  options: ModelThreadOptions,
  files: readonly string[],
): ErrorMessage {
  if (!(error instanceof UnsupportedModel)) return describeLoadError(error, options, files)
  const message = `the model "${options.model}" is ${error.message}`
  return { code: 'MODEL_LOAD_FAILED', message, detail: detailOf(error) }
}
