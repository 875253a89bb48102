import type { DataType } from '@huggingface/transformers'

/** How models of the Hugging Face layout are found and run. Everything has a default. */
export interface OnnxSettings {
  /** `auto` (the default) takes CUDA where it works, else the CPU. Any other device is used, or loading fails. */
  readonly device?: 'auto' | 'cpu' | 'cuda' | 'webgpu' | 'coreml' | 'dml'
  /** Which file of the model: `fp32` is `model.onnx`, `q8` is `model_quantized.onnx`, ... Default: what the model says. */
  readonly dtype?: DataType
  /** Threads of one inference on the CPU. Default: all cores, which is wrong when several workers share a machine. */
  readonly intraOpThreads?: number
  readonly maxBatchItems?: number
  readonly maxBatchTokens?: number
  /** Whether a model that is not on this machine may be downloaded. Default true. */
  readonly allowRemote?: boolean
  /** Where downloads are kept. Default: `hub` inside `modelsDir`. */
  readonly cacheDir?: string
  /** A mirror of the Hub. */
  readonly hubUrl?: string
  /** Sent to the Hub, for private and gated models. */
  readonly hubToken?: string
}

export interface BatchLimits {
  readonly maxBatchItems: number
  readonly maxBatchTokens: number
  /** Padding, in tokens, that costs less time than one more run of the model would. */
  readonly maxPaddingTokens: number
}

/**
 * Measured on two cores: batches of 8 to 32 short texts run at the same speed, long texts gain nothing from a batch,
 * so on a CPU the limit in tokens keeps a batch short. A GPU wants far more at once.
 */
export const defaultLimits = (device: string): BatchLimits =>
  device === 'cpu'
    ? { maxBatchItems: 32, maxBatchTokens: 2_048, maxPaddingTokens: 64 }
    : { maxBatchItems: 128, maxBatchTokens: 32_768, maxPaddingTokens: 2_048 }
