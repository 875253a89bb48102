import type { JobErrorCode } from '@inferq/contracts'
import type { ModelLocation } from './locate.ts'
import type { BatchLimits, OnnxSettings } from './settings.ts'

/** What a thread is started with. */
export interface TextThreadOptions extends OnnxSettings {
  readonly model: string
  readonly location: ModelLocation
  readonly cacheDir: string
}

export interface LoadedModel extends BatchLimits {
  readonly device: string
  /** Longer texts are cut to this. */
  readonly maxTokens: number
  /** Devices that were tried before this one, and why they would not do. */
  readonly failedDevices: readonly { readonly device: string; readonly reason: string }[]
}

/** An error on its way between threads, where classes do not survive. */
export interface ErrorMessage {
  readonly code: JobErrorCode
  readonly message: string
  /** For operators. */
  readonly detail: string
}

export type ToThread =
  | {
      readonly type: 'embed'
      readonly id: number
      readonly texts: readonly string[]
      /** Shared memory, so that the thread sees it change while it is busy: 1 once nobody waits any more. */
      readonly cancelled: Int32Array
    }
  | { readonly type: 'close' }

export type FromThread =
  | { readonly type: 'loaded'; readonly model: LoadedModel }
  | { readonly type: 'load-failed'; readonly error: ErrorMessage }
  | {
      readonly type: 'embedded'
      readonly id: number
      /** All vectors one after another; the memory is handed over, not copied. */
      readonly vectors: Float32Array<ArrayBuffer>
      readonly computingMs: number
    }
  | { readonly type: 'embed-failed'; readonly id: number; readonly error: ErrorMessage }
