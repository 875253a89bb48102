import type { Cursor } from './cursor.ts'
import { widthOf } from './measure.ts'
import { parseClass } from './parse-class.ts'
import { parseEscape } from './parse-escape.ts'
import { type Flags, parseGroupStart } from './parse-group.ts'
import { character, choice, type Node, sequence } from './tree.ts'

/** Deeper ones are somebody's attempt to see what happens. */
const deepestGroup = 30
/** The most that Postgres can count in a repetition. */
const highestBound = 255

/** A pattern up to its end or to a closing parenthesis. */
export function parseChoice(cursor: Cursor, flags: Flags, depth = 0): Node {
  if (depth > deepestGroup) cursor.fail(`groups more than ${deepestGroup} deep`)
  const branches = [parseSequence(cursor, flags, depth)]
  while (cursor.take('|')) branches.push(parseSequence(cursor, flags, depth))
  return choice(branches)
}

function parseSequence(cursor: Cursor, flags: Flags, depth: number): Node {
  const items: Node[] = []
  for (;;) {
    if (flags.verbose) skipSpace(cursor)
    if (cursor.isDone || cursor.peek() === '|' || cursor.peek() === ')') return sequence(items)
    const start = cursor.position
    const item = parseItem(cursor, flags, depth)
    if (flags.verbose) skipSpace(cursor)
    const bounds = parseBounds(cursor)
    if (bounds && (item === null || item.kind === 'anchor')) cursor.fail('nothing to repeat', start)
    if (item !== null) items.push(bounds ? repeated(item, bounds) : item)
    if (!bounds) continue
    // Lazy: which text is found differs, but not whether one is.
    cursor.take('?')
    if (isQuantifier(cursor)) cursor.fail('a repetition of a repetition')
  }
}

/** What has no width fits as often as one likes where it fits at all. */
function repeated(of: Node, [least, most]: Bounds): Node {
  if (widthOf(of)[1] === 0) return least === 0 ? sequence([]) : of
  return most === 0 ? sequence([]) : { kind: 'repeat', of, least, most }
}

/** Null: nothing that fits anything, as a comment. */
function parseItem(cursor: Cursor, flags: Flags, depth: number): Node | null {
  const start = cursor.position
  const sign = cursor.next()
  switch (sign) {
    case '.':
      return { kind: 'any', newlineToo: flags.dotAll }
    case '^':
      return { kind: 'anchor', anchor: flags.multiline ? 'line_start' : 'start' }
    case '$':
      return { kind: 'anchor', anchor: flags.multiline ? 'line_end' : 'end' }
    case '[':
      return parseClass(cursor)
    case '(':
      return parseGroup(cursor, flags, depth, start)
    case '\\': {
      const escaped = parseEscape(cursor)
      if ('anchor' in escaped) return { kind: 'anchor', anchor: escaped.anchor }
      return 'code' in escaped ? character(escaped.code) : { kind: 'class', negated: false, items: [escaped] }
    }
    case '*':
    case '+':
    case '?':
      return cursor.fail('nothing to repeat', start)
    default:
      return character(sign.codePointAt(0) as number)
  }
}

function parseGroup(cursor: Cursor, flags: Flags, depth: number, start: number): Node | null {
  const group = parseGroupStart(cursor, flags)
  if (group.kind === 'comment') return null
  const of = parseChoice(cursor, group.kind === 'group' ? group.flags : flags, depth + 1)
  if (!cursor.take(')')) cursor.fail('a ( without its )', start)
  // So that `(^)*` is no repeated anchor, as which it would be refused.
  if (group.kind === 'group') return of.kind === 'anchor' ? { kind: 'sequence', of: [of] } : of
  return { kind: 'look', behind: group.behind, negated: group.negated, of }
}

type Bounds = readonly [least: number, most: number]

const simpleBounds: Readonly<Record<string, Bounds>> = {
  '*': [0, Number.POSITIVE_INFINITY],
  '+': [1, Number.POSITIVE_INFINITY],
  '?': [0, 1],
}

function parseBounds(cursor: Cursor): Bounds | null {
  const simple = simpleBounds[cursor.peek()]
  if (simple) {
    cursor.next()
    return simple
  }
  return cursor.peek() === '{' ? parseBraces(cursor) : null
}

/** Null, with nothing read: the brace is one for itself. */
function parseBraces(cursor: Cursor): Bounds | null {
  const start = cursor.position
  cursor.next()
  const least = cursor.takeWhile(/[0-9]/)
  const comma = cursor.take(',')
  const most = comma ? cursor.takeWhile(/[0-9]/) : least
  if (!cursor.take('}') || (least === '' && !comma)) {
    cursor.goBackTo(start)
    return null
  }
  const bounds = [Number(least), most === '' ? Number.POSITIVE_INFINITY : Number(most)] as const
  if (bounds.some((bound) => bound > highestBound && bound !== Number.POSITIVE_INFINITY)) {
    cursor.fail(`a repetition of more than ${highestBound}`, start)
  }
  return bounds[0] > bounds[1] ? cursor.fail('a repetition whose least is above its most', start) : bounds
}

function isQuantifier(cursor: Cursor): boolean {
  const start = cursor.position
  const found = parseBounds(cursor) !== null
  cursor.goBackTo(start)
  return found
}

function skipSpace(cursor: Cursor): void {
  do cursor.takeWhile(/\s/)
  while (cursor.take('#') && cursor.takeWhile(/[^\n]/) !== '\n')
}
