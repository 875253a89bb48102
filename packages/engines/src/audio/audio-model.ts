import { AutoConfig } from '@huggingface/transformers'
import type { Sound } from '../engine.ts'
import { speechEmbeddingType } from '../models/speech-embedding-files.ts'
import type { ModelThreadOptions } from '../onnx/messages.ts'
import { pathOf } from '../onnx/open-model.ts'
import { UnsupportedModel } from '../sound/unsupported-model.ts'
import { normalise } from '../vectors.ts'
import type { AudioNetwork } from './audio-network.ts'
import { openClap } from './clap.ts'
import type { EmbeddedSounds, LoadedAudioModel } from './messages.ts'
import { openSpeechEmbedding } from './speech-embedding.ts'

export interface AudioModel {
  readonly loaded: LoadedAudioModel
  embed(sounds: readonly Sound[], isCancelled: () => boolean): Promise<EmbeddedSounds | null>
  dispose(): Promise<unknown>
}

/**
 * Loads a model and runs it once, to learn the length of its vectors, and so that the first caller does not pay for what a
 * runtime puts off until then.
 */
export async function openAudioModel(options: ModelThreadOptions): Promise<AudioModel> {
  const { model_type: type } = await AutoConfig.from_pretrained(pathOf(options))
  const open = openers.get(type ?? '')
  if (!open) throw new UnsupportedModel(`of the type "${type}"; vectors of sound come from "clap" only`)
  const { embed, dispose, ...rest } = await open(options)
  const probe = await embed(new Float32Array(rest.sampleRate), () => false)
  return {
    loaded: { ...rest, dimensions: probe?.length ?? 0 },

    // One after the other: measured on a CPU, sounds together take as long as apart, and far more memory.
    async embed(sounds, isCancelled) {
      const startedAt = performance.now()
      const embeddings: Float32Array<ArrayBuffer>[] = []
      for (const sound of sounds) {
        const vector = isCancelled() ? null : await embed(sound, isCancelled)
        if (vector === null) return null
        embeddings.push(normalise(vector))
      }
      return { embeddings, computingMs: performance.now() - startedAt }
    },

    dispose,
  }
}

const openers = new Map<string, (options: ModelThreadOptions) => Promise<AudioNetwork>>([
  [speechEmbeddingType, openSpeechEmbedding],
  ['clap', openClap],
])
