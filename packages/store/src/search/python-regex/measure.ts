import type { Node } from './tree.ts'

/** An edge or a look costs Postgres as much as some characters do, when it gets ready for a pattern. */
const sizeOfConstraint = 4

/** How large the pattern is once its counted repetitions are written out, as Postgres does: about 1 per character. */
export function sizeOf(node: Node): number {
  switch (node.kind) {
    case 'sequence':
    case 'choice':
      return node.of.reduce((size, part) => size + sizeOf(part), 1)
    case 'repeat': {
      const times = Number.isFinite(node.most) ? node.most : Math.max(1, node.least)
      // Each time that may be no time at all can be left out with any of the others.
      const ways = widthOf(node.of)[0] === 0 ? times : 1
      // An edge is looked for anew from wherever the next time may begin.
      const edges = [...nodesIn(node.of)].filter(isConstraint).length
      return 1 + sizeOf(node.of) * times * ways * (1 + edges)
    }
    case 'look':
      return sizeOfConstraint + sizeOf(node.of)
    case 'anchor':
      return sizeOfConstraint
    default:
      return 1
  }
}

/** What fits between characters and not one of them. */
export const isConstraint = ({ kind }: Node): boolean => kind === 'anchor' || kind === 'look'

/** The shortest and the longest text that it fits, in characters. */
export function widthOf(node: Node): readonly [least: number, most: number] {
  switch (node.kind) {
    case 'sequence':
      return node.of
        .map(widthOf)
        .reduce((sum, part): readonly [number, number] => [sum[0] + part[0], sum[1] + part[1]], [0, 0])
    case 'choice': {
      const widths = node.of.map(widthOf)
      return [Math.min(...widths.map(([least]) => least)), Math.max(...widths.map(([, most]) => most))]
    }
    case 'repeat': {
      const [least, most] = widthOf(node.of)
      return [least * node.least, most * node.most]
    }
    case 'anchor':
    case 'look':
      return [0, 0]
    default:
      return [1, 1]
  }
}

/** This node and all in it. */
export function* nodesIn(node: Node): Generator<Node> {
  yield node
  if (!('of' in node)) return
  for (const part of Array.isArray(node.of) ? (node.of as readonly Node[]) : [node.of as Node]) yield* nodesIn(part)
}
