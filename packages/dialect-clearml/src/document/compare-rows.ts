import { compareText } from './compare-text.ts'

type Cell = string | number | null

/** Cell by cell; empty ones first, then numbers, then text; the shorter of two rows that begin alike first. */
export function compareRows(one: readonly Cell[], other: readonly Cell[]): number {
  for (const [index, cell] of one.entries()) {
    if (index >= other.length) return 1
    const order = compareCells(cell, other[index] as Cell)
    if (order !== 0) return order
  }
  return one.length - other.length
}

function compareCells(one: Cell, other: Cell): number {
  if (typeof one === 'string' && typeof other === 'string') return compareText(one, other)
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return rank(one) - rank(other)
}

const rank = (cell: Cell): number => (cell === null ? 0 : typeof cell === 'number' ? 1 : 2)
