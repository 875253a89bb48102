import { AutoConfig, AutoTokenizer, type PreTrainedModel } from '@huggingface/transformers'
import type { ModelThreadOptions } from './messages.ts'
import { openOnFirstDevice, pathOf } from './open-model.ts'
import type { Network } from './run-model.ts'
import { readSentenceConfig } from './sentence-config.ts'

export async function loadModel(options: ModelThreadOptions) {
  const path = pathOf(options)
  // First, since it says plainly when there is no such model; a missing tokenizer is an obscure TypeError.
  await AutoConfig.from_pretrained(path)
  const tokenizer = await AutoTokenizer.from_pretrained(path)
  const sentence = await readSentenceConfig(options)
  const { model, device, failedDevices } = await openOnFirstDevice(path, options)
  const maxTokens = Math.min(
    tokenizer.model_max_length ?? Number.POSITIVE_INFINITY,
    sentence.maxTokens ?? Number.POSITIVE_INFINITY,
    positionsOf(model) ?? 512,
  )
  const network: Network = { model, pooling: sentence.pooling ?? 'mean', padId: tokenizer.pad_token_id ?? 0 }
  return { tokenizer, network, device, failedDevices, maxTokens }
}

function positionsOf(model: PreTrainedModel): number | undefined {
  const positions: unknown = (model.config as { max_position_embeddings?: unknown }).max_position_embeddings
  return typeof positions === 'number' && positions > 0 ? positions : undefined
}
