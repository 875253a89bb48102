import type { LoadedSoundModel } from '../sound/messages.ts'

export interface LoadedAudioModel extends LoadedSoundModel {
  readonly dimensions: number
}

export interface EmbeddedSounds {
  /** In the order of the sounds. */
  readonly embeddings: readonly Float32Array<ArrayBuffer>[]
  readonly computingMs: number
}
