import { AutoConfig, AutoTokenizer } from '@huggingface/transformers'
import { fieldOf } from '../field-of.ts'
import type { ModelThreadOptions } from './messages.ts'
import { openOnFirstDevice, pathOf } from './open-model.ts'
import { textPartOf } from './parts.ts'
import type { Network } from './run-model.ts'
import { readSentenceConfig } from './sentence-config.ts'
import type { TokenRules } from './tokenise.ts'

export async function loadModel(options: ModelThreadOptions) {
  const path = pathOf(options)
  // First, since it says plainly when there is no such model; a missing tokenizer is an obscure TypeError.
  const config = await AutoConfig.from_pretrained(path)
  const part = textPartOf(config.model_type)
  const tokenizer = await AutoTokenizer.from_pretrained(path)
  const sentence = await readSentenceConfig(options)
  const { model, device, failedDevices } = await openOnFirstDevice(path, options, part?.Model)
  const maxTokens = Math.min(
    tokenizer.model_max_length ?? Number.POSITIVE_INFINITY,
    sentence.maxTokens ?? Number.POSITIVE_INFINITY,
    positionsOf(part ? fieldOf(config, 'text_config') : config) ?? part?.maxTokens ?? 512,
  )
  const network: Network = {
    model,
    pooled: part?.vectors ?? ['sentence_embedding'],
    pooling: part ? null : (sentence.pooling ?? 'mean'),
    padId: tokenizer.pad_token_id ?? 0,
  }
  const rules: TokenRules = { maxTokens, isFullLength: part?.isFullLength ?? false }
  return { tokenizer, network, device, failedDevices, rules }
}

function positionsOf(config: unknown): number | undefined {
  const positions = fieldOf(config, 'max_position_embeddings')
  return typeof positions === 'number' && positions > 0 ? positions : undefined
}
