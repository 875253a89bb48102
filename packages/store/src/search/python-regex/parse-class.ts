import type { Cursor } from './cursor.ts'
import { parseClassEscape } from './parse-escape.ts'
import type { ClassItem, Node } from './tree.ts'

/** `[...]`, of which the first bracket has been read. */
export function parseClass(cursor: Cursor): Node {
  const start = cursor.position - 1
  const negated = cursor.take('^')
  const items: ClassItem[] = []
  // A bracket that comes first stands for itself.
  while (items.length === 0 || cursor.peek() !== ']') {
    if (cursor.isDone) cursor.fail('a [ without its ]', start)
    items.push(parseItem(cursor))
  }
  cursor.next()
  return { kind: 'class', negated, items }
}

function parseItem(cursor: Cursor): ClassItem {
  const start = cursor.position
  const first = parseMember(cursor)
  const isRange = cursor.peek() === '-' && cursor.peek(1) !== ']' && cursor.peek(1) !== ''
  if (!isRange) return 'shorthand' in first ? first : { from: first.code, to: first.code }
  cursor.next()
  const last = parseMember(cursor)
  if ('shorthand' in first || 'shorthand' in last) cursor.fail('a range that begins or ends with a class', start)
  if (last.code < first.code) cursor.fail('a range that ends before it begins', start)
  return { from: first.code, to: last.code }
}

function parseMember(cursor: Cursor) {
  if (!cursor.take('\\')) return { code: cursor.next().codePointAt(0) as number }
  const escaped = parseClassEscape(cursor)
  return 'anchor' in escaped ? cursor.fail('an anchor within brackets') : escaped
}
