import type { Cursor } from './cursor.ts'
import { type Anchor, type Shorthand, shorthands } from './tree.ts'

export type Escape = { code: number } | { shorthand: Shorthand } | { anchor: Anchor }

const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}
const anchors: Readonly<Record<string, Anchor>> = { A: 'start', Z: 'very_end', b: 'word_edge', B: 'no_word_edge' }
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }
const isOctal = (text: string) => /^[0-7]+$/.test(text)

/** What stands after a backslash outside of brackets. */
export function parseEscape(cursor: Cursor): Escape {
  const anchor = anchors[cursor.peek()]
  if (anchor) {
    cursor.next()
    return { anchor }
  }
  if (/[1-9]/.test(cursor.peek())) {
    const octal = [0, 1, 2].map((ahead) => cursor.peek(ahead)).join('')
    if (octal.length < 3 || !isOctal(octal)) cursor.fail('references to a group are not supported')
    return { code: parseOctal(cursor, 3) }
  }
  return parseSharedEscape(cursor)
}

/** What stands after a backslash within brackets. */
export function parseClassEscape(cursor: Cursor): Escape {
  if (cursor.take('b')) return { code: 8 }
  if (/[1-9]/.test(cursor.peek())) return isOctal(cursor.peek()) ? { code: parseOctal(cursor, 3) } : badEscape(cursor)
  return parseSharedEscape(cursor)
}

function parseSharedEscape(cursor: Cursor): Escape {
  const escaped = cursor.peek()
  if (escaped === '') cursor.fail('a backslash at the end')
  const shorthand = shorthands.find((name) => name === escaped)
  if (shorthand) {
    cursor.next()
    return { shorthand }
  }
  if (escaped === '0') return { code: parseOctal(cursor, 3) }
  if (hexDigits[escaped] !== undefined) return { code: parseHex(cursor, hexDigits[escaped]) }
  const control = controls[escaped]
  // Python keeps letters for escapes to come; anything else stands for itself.
  if (control === undefined && /[A-Za-z0-9]/.test(escaped)) badEscape(cursor)
  cursor.next()
  return { code: (control ?? escaped).codePointAt(0) as number }
}

const badEscape = (cursor: Cursor): never => cursor.fail(`unknown escape \\${cursor.peek()}`)

function parseOctal(cursor: Cursor, most: number): number {
  const start = cursor.position
  const code = Number.parseInt(cursor.takeWhile(/[0-7]/, most), 8)
  return code > 0o377 ? cursor.fail('an octal escape above \\377', start) : code
}

function parseHex(cursor: Cursor, length: number): number {
  const start = cursor.position
  cursor.next()
  const digits = cursor.takeWhile(/[0-9a-fA-F]/, length)
  const code = Number.parseInt(digits, 16)
  return digits.length < length || code > 0x10ffff ? cursor.fail('an incomplete escape', start) : code
}
