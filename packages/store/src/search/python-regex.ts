import { storable } from '../sql-text.ts'
import { Cursor, invalidPattern } from './python-regex/cursor.ts'
import { isConstraint, nodesIn, sizeOf, widthOf } from './python-regex/measure.ts'
import { parseChoice } from './python-regex/parse.ts'
import { parseGlobalFlags } from './python-regex/parse-group.ts'
import { toPostgres } from './python-regex/to-postgres.ts'
import { type Node, sequence } from './python-regex/tree.ts'

/** A Python pattern as Postgres can look for it. */
export interface Pattern {
  /** An advanced regular expression, for the operator `~`. */
  readonly expression: string
  /** It fits these texts and no others. Null: it is not as simple as that. */
  readonly equals: readonly string[] | null
  /** It fits what has this in it, whatever the case of its letters. Null: it is not as simple as that. */
  readonly contains: string | null
  /** It looks ahead or behind, from every place in a text: so only at the beginning of a long one. */
  readonly looks: boolean
}

/** So long that nobody writes one by hand. */
const longestPattern = 1_000
/** Postgres needs some milliseconds to get ready for one of this size, and more than in proportion for larger ones. */
const largestPattern = 1_000
const mostLooks = 10

/**
 * Reads a pattern of Python's `re`. Throws PATTERN_INVALID for one that is malformed, one that asks for what Postgres
 * has not (references to groups), and one so large that looking for it would keep the database from its work: whatever
 * is let through is matched in time that grows with the text as the pattern's size does, and no faster.
 */
export function parsePattern(pattern: string, { ignoreCase = false } = {}): Pattern {
  if (pattern.length > longestPattern) throw invalidPattern(`more than ${longestPattern} characters`)
  const cursor = new Cursor(pattern)
  const flags = parseGlobalFlags(cursor)
  const tree = parseChoice(cursor, flags)
  if (!cursor.isDone) cursor.fail('a ) without its (')
  checkSize(tree)
  const anyCase = ignoreCase || flags.ignoreCase
  return {
    expression: `${anyCase ? '(?i)' : ''}${toPostgres(withPlainEnd(tree))}`,
    equals: anyCase ? null : equalTexts(tree),
    contains: literalText(partsOf(tree)),
    looks: [...nodesIn(tree)].some(isLook),
  }
}

function checkSize(tree: Node): void {
  if (sizeOf(tree) > largestPattern) throw invalidPattern('its repetitions make it too large')
  const nodes = [...nodesIn(tree)]
  for (const node of nodes) {
    if (node.kind === 'repeat' && isCounted(node) && [...nodesIn(node.of)].some(isConstraint)) {
      throw invalidPattern('an edge or a look within a counted repetition is not supported')
    }
  }
  const looks = nodes.filter(isLook)
  if (looks.length > mostLooks) throw invalidPattern(`more than ${mostLooks} looks ahead or behind`)
  for (const { behind, of } of looks) {
    if ([...nodesIn(of)].some(isLook)) throw invalidPattern('a look within a look is not supported')
    const [least, most] = widthOf(of)
    if (behind && least !== most) throw invalidPattern('a look behind at texts of different lengths')
  }
}

const isLook = (node: Node): node is Node & { kind: 'look' } => node.kind === 'look'
const isCounted = ({ least, most }: { least: number; most: number }) => least > 1 || (most > 1 && Number.isFinite(most))

const partsOf = (tree: Node): readonly Node[] => (tree.kind === 'sequence' ? tree.of : [tree])

/** At the end of it all, a newline and the very end say the same as a look ahead at them, which no index understands. */
function withPlainEnd(tree: Node): Node {
  const parts = partsOf(tree)
  const last = parts.at(-1)
  if (last?.kind !== 'anchor' || last.anchor !== 'end') return tree
  const newline: Node = { kind: 'repeat', of: { kind: 'character', code: 10 }, least: 0, most: 1 }
  return sequence([...parts.slice(0, -1), newline, { kind: 'anchor', anchor: 'very_end' }])
}

function equalTexts(tree: Node): readonly string[] | null {
  const parts = partsOf(tree)
  const [first, last] = [parts[0], parts.at(-1)]
  if (parts.length < 2 || first?.kind !== 'anchor' || last?.kind !== 'anchor' || first.anchor !== 'start') return null
  const text = literalText(parts.slice(1, -1))
  if (text === null) return null
  if (last.anchor === 'very_end') return [text]
  return last.anchor === 'end' ? [text, `${text}\n`] : null
}

function literalText(parts: readonly Node[]): string | null {
  if (!parts.every((part) => part.kind === 'character')) return null
  return storable(parts.map(({ code }) => String.fromCodePoint(code)).join(''))
}
