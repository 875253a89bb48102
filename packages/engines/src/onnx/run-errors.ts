import { detailOf, type ErrorMessage } from '../threads/messages.ts'
import type { ModelThreadOptions } from './messages.ts'

/** What went wrong while a loaded model was at work, for people. */
export const describeRunError =
  ({ model }: ModelThreadOptions) =>
  (error: unknown): ErrorMessage => ({
    code: 'ENGINE_FAILED',
    message: `the model "${model}" failed on this input`,
    detail: detailOf(error),
  })
