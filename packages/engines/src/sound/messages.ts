import type { Sound } from '../engine.ts'
import type { OpenedOn } from '../onnx/messages.ts'

export interface LoadedSoundModel extends OpenedOn {
  readonly sampleRate: number
  readonly maxSeconds: number
}

export interface SoundsRequest {
  readonly sounds: readonly Sound[]
}
