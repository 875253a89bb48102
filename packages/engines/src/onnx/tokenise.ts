import type { PreTrainedTokenizer } from '@huggingface/transformers'

export interface TokenRules {
  readonly maxTokens: number
  /**
   * Models of images and texts have learned from texts in small letters, padded to their full length, and some read the
   * padding as they read words: it belongs to the text then.
   */
  readonly isFullLength: boolean
}

export class UnreadableText extends Error {
  override readonly message = 'a text has nothing in it that the model can read'
}

/** The ids of each text's tokens, at most `maxTokens` of them. Throws `UnreadableText` where a text has none. */
export function tokenise(
  tokenizer: PreTrainedTokenizer,
  texts: readonly string[],
  { maxTokens, isFullLength }: TokenRules,
): number[][] {
  const marks = new Set(tokenizer.all_special_ids)
  const written = isFullLength ? texts.map((text) => text.toLowerCase()) : [...texts]
  const { input_ids } = tokenizer(written, { padding: false, truncation: false, return_tensor: false })
  if (input_ids.some((ids) => ids.length === 0)) throw new UnreadableText()
  const fitting = input_ids.map((ids) => truncate(ids, maxTokens, marks))
  return isFullLength ? fitting.map((ids) => padded(ids, maxTokens, tokenizer.pad_token_id ?? 0)) : fitting
}

const padded = (ids: number[], length: number, padId: number) => [
  ...ids,
  ...Array<number>(length - ids.length).fill(padId),
]

/** Cuts in front of the closing marks (`[SEP]`), which a model expects to see whatever the length. */
function truncate(ids: number[], maxTokens: number, marks: ReadonlySet<number>): number[] {
  if (ids.length <= maxTokens) return ids
  const lastOfText = ids.findLastIndex((id) => !marks.has(id))
  const closing = ids.slice(lastOfText + 1)
  return [...ids.slice(0, maxTokens - closing.length), ...closing]
}
