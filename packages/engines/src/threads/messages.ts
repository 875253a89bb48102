import type { JobErrorCode } from '@inferq/contracts'

/** An error on its way between threads, where classes do not survive. */
export interface ErrorMessage {
  readonly code: JobErrorCode
  readonly message: string
  /** For operators. */
  readonly detail: string
}

export type ToThread<Request> =
  | {
      readonly type: 'call'
      readonly id: number
      readonly request: Request
      /** Shared memory, so that the thread sees it change while it is busy: 1 once nobody waits any more. */
      readonly cancelled: Int32Array
    }
  | { readonly type: 'close' }

export type FromThread<Loaded, Answer> =
  | { readonly type: 'loaded'; readonly loaded: Loaded }
  | { readonly type: 'load-failed'; readonly error: ErrorMessage }
  | { readonly type: 'answered'; readonly id: number; readonly answer: Answer }
  | { readonly type: 'failed'; readonly id: number; readonly error: ErrorMessage }

export const detailOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
