import { nextChunkSize } from './chunks.ts'
import { loadModel } from './load-model.ts'
import type { LoadedModel, ModelThreadOptions } from './messages.ts'
import { runModel } from './run-model.ts'
import { type BatchLimits, defaultLimits } from './settings.ts'
import { tokenise } from './tokenise.ts'

/** The longest that one run of the model should take: only between runs can work be cancelled. */
const runBudgetMs = 1_000

export interface TextModel {
  readonly loaded: LoadedModel
  /** All vectors one after another, in the order of the texts; `null` once `isCancelled` says so. */
  embed(texts: readonly string[], isCancelled: () => boolean): Promise<Embedded | null>
  dispose(): Promise<unknown>
}

export interface Embedded {
  readonly vectors: Float32Array<ArrayBuffer>
  readonly computingMs: number
}

/** Loads a model and runs it once, so that the first caller does not pay for what a runtime puts off until then. */
export async function openTextModel(options: ModelThreadOptions): Promise<TextModel> {
  const { tokenizer, network, device, failedDevices, rules } = await loadModel(options)
  const limits = limitsFor(device, options)
  const warmUp = await runModel(network, tokenise(tokenizer, ['warm up'], rules))
  const width = warmUp.vectors[0]?.length ?? 0
  // Measured anew by each run: the same number of tokens takes a small model 0.1 s and a large one a minute.
  let tokensPerMs = warmUp.tokensPerMs

  return {
    loaded: { device, maxTokens: rules.maxTokens, failedDevices, ...limits },

    async embed(texts, isCancelled) {
      if (isCancelled()) return null
      const tokens = tokenise(tokenizer, texts, rules)
      const longestFirst = [...tokens.entries()].sort(([, a], [, b]) => b.length - a.length)
      const lengths = longestFirst.map(([, ids]) => ids.length)

      const vectors = new Float32Array(texts.length * width)
      let computingMs = 0
      for (let start = 0; start < texts.length; ) {
        if (isCancelled()) return null
        const maxBatchTokens = Math.min(limits.maxBatchTokens, tokensPerMs * runBudgetMs)
        const size = nextChunkSize(lengths, start, { ...limits, maxBatchTokens })
        const chunk = longestFirst.slice(start, start + size)
        const run = await runModel(
          network,
          chunk.map(([, ids]) => ids),
        )
        for (const [i, [index]] of chunk.entries()) vectors.set(run.vectors[i] as Float32Array, index * width)
        computingMs += run.elapsedMs
        tokensPerMs = run.tokensPerMs
        start += size
      }
      return { vectors, computingMs }
    },

    dispose: () => network.model.dispose(),
  }
}

function limitsFor(device: string, { maxBatchItems, maxBatchTokens }: ModelThreadOptions): BatchLimits {
  const defaults = defaultLimits(device)
  return {
    maxBatchItems: maxBatchItems ?? defaults.maxBatchItems,
    maxBatchTokens: maxBatchTokens ?? defaults.maxBatchTokens,
    maxPaddingTokens: defaults.maxPaddingTokens,
  }
}
