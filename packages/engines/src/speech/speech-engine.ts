import type { SpeechEngine } from '../engine.ts'
import { openSoundModel, type SoundEngineOptions } from '../sound/sound-model.ts'
import { startSpeechThread } from './speech-thread.ts'

/** Loads a model that writes down what is said into a thread of its own. Rejects when it cannot be loaded. */
export async function createSpeechEngine(
  options: SoundEngineOptions,
  startThread = startSpeechThread,
): Promise<SpeechEngine> {
  const { loaded, health, close, listen } = await openSoundModel(options, startThread)
  const { device, sampleRate, maxSeconds } = loaded
  return {
    ...{ model: options.model, engine: 'onnx', device, sampleRate, maxSeconds },
    ...{ health, close },

    async transcribe(sounds, { signal }) {
      const { answer, ...times } = await listen(sounds, signal)
      return { ...times, texts: answer.texts }
    },
  }
}
