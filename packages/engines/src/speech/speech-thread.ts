import type { ModelThreadOptions } from '../onnx/messages.ts'
import type { LoadedSoundModel, SoundsRequest } from '../sound/messages.ts'
import { startThread, type Thread } from '../threads/start-thread.ts'
import type { Transcribed } from './messages.ts'

/** A thread that holds one loaded model. */
export type SpeechThread = Thread<LoadedSoundModel, SoundsRequest, Transcribed>

export const startSpeechThread = (options: ModelThreadOptions): Promise<SpeechThread> =>
  startThread({
    main: new URL('./speech-thread-main.ts', import.meta.url),
    name: `inferq ${options.model}`,
    purpose: `ran the model "${options.model}"`,
    options,
  })
