import type { ModelThreadOptions } from '../onnx/messages.ts'
import type { SoundsRequest } from '../sound/messages.ts'
import { startThread, type Thread } from '../threads/start-thread.ts'
import type { EmbeddedSounds, LoadedAudioModel } from './messages.ts'

/** A thread that holds one loaded model. */
export type AudioThread = Thread<LoadedAudioModel, SoundsRequest, EmbeddedSounds>

export const startAudioThread = (options: ModelThreadOptions): Promise<AudioThread> =>
  startThread({
    main: new URL('./audio-thread-main.ts', import.meta.url),
    name: `inferq ${options.model}`,
    purpose: `ran the model "${options.model}"`,
    options,
  })
