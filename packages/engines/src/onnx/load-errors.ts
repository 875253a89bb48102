import { detailOf, type ErrorMessage } from '../threads/messages.ts'
import type { ModelThreadOptions } from './messages.ts'

/**
 * What went wrong while a model was loaded, for people: what is missing of `files` and the weights, and whether trying
 * again can help.
 */
export function describeLoadError(
  error: unknown,
  { model, location, allowRemote, dtype }: ModelThreadOptions,
  files: readonly string[],
): ErrorMessage {
  const detail = detailOf(error)
  const failed = (message: string): ErrorMessage => ({ code: 'MODEL_LOAD_FAILED', message, detail })

  if (isUnreachable(error)) {
    const message = `the model "${model}" could not be downloaded: the hub did not answer`
    return { code: 'ENGINE_UNAVAILABLE', message, detail }
  }
  if (isMissingFile(error)) {
    if (location.kind === 'folder') {
      const weights = dtype ? `the weights for dtype ${dtype}` : `onnx/${missingWeights(error) ?? 'model.onnx'}`
      return failed(`the model "${model}" lacks a file: it needs ${files.join(', ')} and ${weights}`)
    }
    if (allowRemote === false) {
      return failed(`the model "${model}" is not on this worker, and the worker may not download models`)
    }
    return failed(`the model "${model}" was not found on the hub with an ONNX file, or is not public`)
  }
  if (isDeviceRefusal(error)) return failed(`the model "${model}" cannot run on the device that is set for it`)
  return failed(`the model "${model}" could not be loaded`)
}

const isMissingFile = (error: unknown) => error instanceof Error && error.name === 'ModelFileNotFoundError'

/** A model of images and texts has its weights in two files, of which one is needed. */
const missingWeights = (error: unknown) => detailOf(error).match(/\w+_model\.onnx/)?.[0]

/** No answer from the Hub, or an answer that says "later". */
const isUnreachable = (error: unknown) =>
  error instanceof Error &&
  !isMissingFile(error) &&
  (error.message === 'fetch failed' || /occurred while trying to load file/.test(error.message))

const isDeviceRefusal = (error: unknown) =>
  error instanceof Error && /Unsupported device|ExecutionProvider|execution provider|backend/i.test(error.message)
