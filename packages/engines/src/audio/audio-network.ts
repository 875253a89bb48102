import type { Sound } from '../engine.ts'
import type { LoadedSoundModel } from '../sound/messages.ts'

/** A network for one kind of model, loaded. */
export interface AudioNetwork extends LoadedSoundModel {
  /** Any length, which the caller brings to 1; `null` once `isCancelled` says so. */
  embed(sound: Sound, isCancelled: () => boolean): Promise<Float32Array<ArrayBuffer> | null>
  dispose(): Promise<unknown>
}
