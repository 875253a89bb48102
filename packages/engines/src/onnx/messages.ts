import type { ModelLocation } from './locate.ts'
import type { BatchLimits, OnnxSettings } from './settings.ts'

/** What a thread that runs a model is started with. */
export interface ModelThreadOptions extends OnnxSettings {
  readonly model: string
  readonly location: ModelLocation
  readonly cacheDir: string
}

export interface OpenedOn {
  readonly device: string
  /** Devices that were tried before this one, and why they would not do. */
  readonly failedDevices: readonly { readonly device: string; readonly reason: string }[]
}

export interface LoadedModel extends BatchLimits, OpenedOn {
  /** Longer texts are cut to this. */
  readonly maxTokens: number
}

export interface EmbedRequest {
  readonly texts: readonly string[]
}
