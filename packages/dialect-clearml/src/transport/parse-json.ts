import { ApiError } from '../errors/api-error.ts'
import { toStorable } from './storable.ts'

/** Deeper documents than anyone means are refused before they are parsed: each level of them costs memory. */
export const maxDepth = 100

/** What the text says. Throws `400/0` when it is no JSON, `400/12` when it is nested too deeply. */
export function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new ApiError('validation', `the body is nested deeper than ${maxDepth} levels`)
  try {
    return toStorable(JSON.parse(text), text)
  } catch {
    throw new ApiError('invalidRequest', 'the body is not valid JSON')
  }
}

/**
 * A line of a batch. Python writes NaN and Infinity into its JSON, which has neither: such a number is read as null, so
 * that what it stands in can be refused alone.
 */
export function parseLine(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    const strict = withoutNoNumbers(text)
    if (strict === text) throw error
    return parseJson(strict)
  }
}

/** The same text with null for NaN and the infinities, where they stand outside of strings. */
function withoutNoNumbers(text: string): string {
  if (!text.includes('NaN') && !text.includes('Infinity')) return text
  const parts: string[] = []
  for (let from = 0; from < text.length; ) {
    const start = text.indexOf('"', from)
    const end = start === -1 ? text.length : start
    parts.push(text.slice(from, end).replace(/NaN|-?Infinity/g, 'null'))
    from = start === -1 ? end : endOfString(text, start) + 1
    parts.push(text.slice(end, from))
  }
  return parts.join('')
}

const quote = 0x22
const backslash = 0x5c
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d]

function isTooDeep(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at)
    else if (code === openList || code === openObject) depth++
    else if (code === closeList || code === closeObject) depth--
    if (depth > maxDepth) return true
  }
  return false
}

/** Where the string that begins here ends, else the end of the text. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(at - 1 - backslashes) === backslash) backslashes++
  return backslashes % 2 === 1
}
