import type { Sound } from '../engine.ts'
import type { ModelThreadOptions } from '../onnx/messages.ts'
import type { LoadedSoundModel } from '../sound/messages.ts'
import type { Transcribed } from './messages.ts'
import { spokenWords } from './spoken-words.ts'
import { openWhisper } from './whisper.ts'

export interface SpeechModel {
  readonly loaded: LoadedSoundModel
  transcribe(sounds: readonly Sound[], isCancelled: () => boolean): Promise<Transcribed | null>
  dispose(): Promise<unknown>
}

/** Quieter than -54 dB at its loudest: Whisper hears words even in silence, so it is not asked. */
const quietest = 0.002

/** Loads a model and runs it once, so that the first caller does not pay for what a runtime puts off until then. */
export async function openSpeechModel(options: ModelThreadOptions): Promise<SpeechModel> {
  const { hear, dispose, ...loaded } = await openWhisper(options)
  await hear(new Float32Array(loaded.sampleRate), () => false)

  return {
    loaded,

    async transcribe(sounds, isCancelled) {
      const startedAt = performance.now()
      const texts: string[] = []
      for (const sound of sounds) {
        const text = isSilent(sound) ? '' : await hear(sound, isCancelled)
        if (text === null || isCancelled()) return null
        texts.push(spokenWords(text))
      }
      return { texts, computingMs: performance.now() - startedAt }
    },

    dispose,
  }
}

const isSilent = (sound: Sound) => !sound.some((sample) => Math.abs(sample) > quietest)
