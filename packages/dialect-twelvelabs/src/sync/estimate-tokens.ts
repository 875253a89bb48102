/** Of a long word each started part of this length counts, as models have no token for all of it. */
const longestPart = 10

/** Words of scripts that write them without a space between, by their characters. */
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u
const pieces = new RegExp(`${dense.source}|(?:(?!${dense.source})[\\p{L}\\p{M}\\p{N}])+|[^\\s\\p{L}\\p{M}\\p{N}]`, 'gu')

/**
 * About how many tokens a text has: its words and its marks are counted. Every model cuts texts in its own way, so this is
 * no more than an estimate; it is the same for all models, and needs none.
 */
export const estimateTokens = (text: string): number =>
  text.match(pieces)?.reduce((sum, piece) => sum + Math.ceil(piece.length / longestPart), 0) ?? 0
