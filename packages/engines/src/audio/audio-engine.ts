import type { AudioEngine } from '../engine.ts'
import { openSoundModel, type SoundEngineOptions } from '../sound/sound-model.ts'
import { startAudioThread } from './audio-thread.ts'

/** Loads a model that makes vectors of sound into a thread of its own. Rejects when it cannot be loaded. */
export async function createAudioEngine(
  options: SoundEngineOptions,
  startThread = startAudioThread,
): Promise<AudioEngine> {
  const { loaded, health, close, listen } = await openSoundModel(options, startThread)
  const { device, dimensions, sampleRate, maxSeconds } = loaded
  return {
    ...{ model: options.model, engine: 'onnx', device, dimensions, sampleRate, maxSeconds },
    ...{ health, close },

    async embed(sounds, { signal }) {
      const { answer, ...times } = await listen(sounds, signal)
      return { ...times, embeddings: answer.embeddings }
    },
  }
}
