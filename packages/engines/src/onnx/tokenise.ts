import type { PreTrainedTokenizer } from '@huggingface/transformers'

/** The ids of each text's tokens, at most `maxTokens` of them, not padded. */
export function tokenise(tokenizer: PreTrainedTokenizer, texts: readonly string[], maxTokens: number): number[][] {
  const { input_ids } = tokenizer([...texts], { padding: false, truncation: false, return_tensor: false })
  return input_ids.map((ids) => truncate(ids, maxTokens, new Set(tokenizer.all_special_ids)))
}

/** Cuts in front of the closing marks (`[SEP]`), which a model expects to see whatever the length. */
function truncate(ids: number[], maxTokens: number, marks: ReadonlySet<number>): number[] {
  if (ids.length <= maxTokens) return ids
  const lastOfText = ids.findLastIndex((id) => !marks.has(id))
  const closing = ids.slice(lastOfText + 1)
  return [...ids.slice(0, maxTokens - closing.length), ...closing]
}
