import {
  AutoConfig,
  AutoFeatureExtractor,
  AutoTokenizer,
  StoppingCriteria,
  Tensor,
  WhisperForConditionalGeneration,
} from '@huggingface/transformers'
import type { Sound } from '../engine.ts'
import type { ModelThreadOptions } from '../onnx/messages.ts'
import { openOnFirstDevice, pathOf } from '../onnx/open-model.ts'
import type { LoadedSoundModel } from '../sound/messages.ts'
import { UnsupportedModel } from '../sound/unsupported-model.ts'
import { likeliest, logProbabilities } from './log-probabilities.ts'
import { marksOf } from './whisper-marks.ts'

export interface Whisper extends LoadedSoundModel {
  /** What is said, as the model writes it, in the language it is said in; `null` once `isCancelled` says so. */
  hear(sound: Sound, isCancelled: () => boolean): Promise<string | null>
  dispose(): Promise<unknown>
}

/**
 * As those who made Whisper do: nothing is said where the model holds that likelier than this, and is at the same time no
 * surer than this of the words that it writes all the same.
 */
const silence = { probability: 0.6, meanLogProbability: -1 }

export async function openWhisper(options: ModelThreadOptions): Promise<Whisper> {
  const path = pathOf(options)
  const { model_type: type } = await AutoConfig.from_pretrained(path)
  if (type !== 'whisper') throw new UnsupportedModel(`of the type "${type}"; speech is written down by "whisper" only`)
  const tokenizer = await AutoTokenizer.from_pretrained(path)
  const extractor = await AutoFeatureExtractor.from_pretrained(path)
  const { model, ...opened } = await openOnFirstDevice(path, options, WhisperForConditionalGeneration)
  if (!(model instanceof WhisperForConditionalGeneration)) throw new Error('the library opened something else')
  // Without it, each step would listen to the sound anew.
  model.forward_params = [...model.forward_params, 'encoder_outputs']
  const config = model._prepare_generation_config(null, {})
  const marks = marksOf(config)
  const { sampling_rate: sampleRate, n_samples: maxSamples } = extractor.config

  /** Per token, the log probabilities of what comes after it. */
  async function predict(heard: Tensor, tokens: readonly number[]): Promise<Float32Array[]> {
    const { logits } = await model.forward({ encoder_outputs: heard, decoder_input_ids: toTensor(tokens) })
    const scores: Float32Array = logits.to('float32').data
    const width = scores.length / tokens.length
    return tokens.map((_, i) => logProbabilities(scores.subarray(i * width, (i + 1) * width)))
  }

  async function meanLogProbability(heard: Tensor, tokens: readonly number[], words: number): Promise<number> {
    const predicted = await predict(heard, tokens)
    const first = tokens.length - words
    const ofWords = tokens.slice(first).map((token, i) => predicted[first + i - 1]?.[token] ?? 0)
    return ofWords.reduce((sum, logProbability) => sum + logProbability, 0) / words
  }

  return {
    ...opened,
    sampleRate,
    maxSeconds: maxSamples / sampleRate,

    async hear(sound, isCancelled) {
      const { input_features: features } = await extractor(sound)
      const { last_hidden_state } = await model.sessions.model.run({ input_features: features.ort_tensor })
      const heard = new Tensor(last_hidden_state)
      const [atStart = new Float32Array()] = await predict(heard, [marks.start])
      const prompt = marks.prompt(likeliest(atStart, marks.languages))
      if (isCancelled()) return null
      const written = await model.generate({
        ...config,
        generation_config: config,
        inputs: features,
        encoder_outputs: heard,
        decoder_input_ids: prompt,
        stopping_criteria: new StopWhen(isCancelled),
      })
      if (isCancelled()) return null
      const tokens = tokensOf(written)
      const words = tokens.length - prompt.length
      const isDoubtful = Math.exp(atStart[marks.noSpeech ?? -1] ?? Number.NEGATIVE_INFINITY) > silence.probability
      if (isDoubtful && (await meanLogProbability(heard, tokens, words)) <= silence.meanLogProbability) return ''
      return tokenizer.decode(tokens, { skip_special_tokens: true })
    },

    dispose: () => model.dispose(),
  }
}

class StopWhen extends StoppingCriteria {
  readonly #isTrue: () => boolean

  constructor(isTrue: () => boolean) {
    super()
    this.#isTrue = isTrue
  }

  override _call(sequences: readonly unknown[]): boolean[] {
    return sequences.map(() => this.#isTrue())
  }
}

const toTensor = (tokens: readonly number[]) =>
  new Tensor('int64', BigInt64Array.from(tokens, BigInt), [1, tokens.length])

function tokensOf(written: unknown): number[] {
  if (!(written instanceof Tensor)) throw new Error('the library puts out something else than tokens')
  return Array.from(written.data, Number)
}
