import { AutoFeatureExtractor, ClapAudioModelWithProjection } from '@huggingface/transformers'
import type { ModelThreadOptions } from '../onnx/messages.ts'
import { openOnFirstDevice, pathOf } from '../onnx/open-model.ts'
import type { AudioNetwork } from './audio-network.ts'

const minSeconds = 0.1

/** CLAP, which has sounds and texts in one space: of its two networks the one for sounds. */
export async function openClap(options: ModelThreadOptions): Promise<AudioNetwork> {
  const path = pathOf(options)
  const extractor = await AutoFeatureExtractor.from_pretrained(path)
  const { model, ...opened } = await openOnFirstDevice(path, options, ClapAudioModelWithProjection)
  const { sampling_rate: sampleRate, nb_max_samples: maxSamples } = extractor.config

  return {
    ...opened,
    sampleRate,
    maxSeconds: maxSamples / sampleRate,

    async embed(sound) {
      // The library repeats what is too short, and never comes to an end with what is empty.
      const samples = new Float32Array(Math.max(sound.length, minSeconds * sampleRate))
      samples.set(sound)
      const { audio_embeds: vectors } = await model(await extractor(samples))
      if (!vectors) throw new Error('the model gives no audio_embeds')
      return Float32Array.from(vectors.to('float32').data)
    },

    dispose: () => model.dispose(),
  }
}
