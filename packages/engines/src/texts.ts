import { JobError } from '@inferq/contracts'

/**
 * About four bytes of UTF-8 make a token, in English prose and in scripts where a character is three bytes alike;
 * two more are the marks that most models put around a text.
 */
export const estimateTokens = (text: string, maxTokens = Number.POSITIVE_INFINITY): number =>
  Math.min(maxTokens, Math.ceil(Buffer.byteLength(text) / 4) + 2)

/** A text without a readable character has no meaning to embed, yet most models would answer with some vector. */
export function refuseBlankTexts(texts: readonly string[]): void {
  const blank = texts.findIndex((text) => text.trim() === '')
  if (blank < 0) return
  throw new JobError('INPUT_INVALID', `text ${blank + 1} has nothing in it that the model can read`)
}
