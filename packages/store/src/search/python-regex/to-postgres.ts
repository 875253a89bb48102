import { storable } from '../../sql-text.ts'
import type { Anchor, ClassItem, Node } from './tree.ts'

/** The same as an advanced regular expression of Postgres. */
export function toPostgres(node: Node): string {
  switch (node.kind) {
    case 'sequence':
      return node.of.map((part) => (part.kind === 'choice' ? grouped(part) : toPostgres(part))).join('')
    case 'choice':
      return node.of.map(toPostgres).join('|')
    case 'repeat':
      return `${atom(node.of)}${quantifier(node.least, node.most)}`
    case 'character':
      return literal(node.code)
    case 'any':
      return node.newlineToo ? '.' : '[^\\n]'
    case 'class':
      return `[${node.negated ? '^' : ''}${node.items.map(classItem).join('')}]`
    case 'anchor':
      return anchors[node.anchor]
    case 'look':
      return `(?${node.behind ? '<' : ''}${node.negated ? '!' : '='}${toPostgres(node.of)})`
  }
}

const grouped = (node: Node) => `(?:${toPostgres(node)})`

const atom = (node: Node) =>
  node.kind === 'character' || node.kind === 'any' || node.kind === 'class' ? toPostgres(node) : grouped(node)

const anchors: Readonly<Record<Anchor, string>> = {
  start: '^',
  line_start: '(?:^|(?<=\\n))',
  end: '(?=\\n?\\Z)',
  line_end: '(?:$|(?=\\n))',
  very_end: '$',
  word_edge: '\\y',
  no_word_edge: '\\Y',
}

function quantifier(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return least === 0 ? '*' : least === 1 ? '+' : `{${least},}`
  if (least === 0 && most === 1) return '?'
  return least === most ? `{${least}}` : `{${least},${most}}`
}

const classItem = (item: ClassItem): string =>
  'shorthand' in item
    ? `\\${item.shorthand}`
    : item.from === item.to
      ? literal(item.from)
      : `${literal(item.from)}-${literal(item.to)}`

/** A character that has a meaning of its own there gets a backslash, which takes it from anything but letters and digits. */
function literal(code: number): string {
  const text = storable(String.fromCodePoint(code))
  return /^[!-/:-@[-`{-~ ]$/.test(text) ? `\\${text}` : text
}
