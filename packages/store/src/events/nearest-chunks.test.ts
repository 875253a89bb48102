import { describe, expect, it } from 'vitest'
import { type Head, horizonOf, nearestOf } from './nearest-chunks.ts'
import { chunkPoints } from './pack-points.ts'
import { comparePositions, type Position } from './positions.ts'

const head = (series: number, number: number, first: number, last: number): Head => ({
  ...{ series, number },
  near: [first, 1, series, number * chunkPoints],
  far: [last, 1, series, (number + 1) * chunkPoints - 1],
})
const begin: Position = [-Infinity, 1, 0, 0]
const inOrder = (series: number) => Array.from({ length: 10 }, (_, n) => head(series, n, n * 100, n * 100 + 99))
const nearest = (heads: readonly Head[], from: Position, limit: number) =>
  nearestOf(heads, from, limit, comparePositions).map(({ series, number }) => `${series}.${number}`)

describe('the chunks of a page', () => {
  it('are the few at its beginning when a series came in order', () => {
    expect(nearest([...inOrder(1), ...inOrder(2)], begin, 2 * chunkPoints)).toEqual(['1.0', '2.0'])
    expect(nearest([...inOrder(1), ...inOrder(2)], begin, 2 * chunkPoints + 1)).toEqual(['1.0', '1.1', '2.0', '2.1'])
  })

  it('are also those in which it begins, though nobody knows how much of them is left', () => {
    const left = inOrder(1).slice(3)
    expect(nearest(left, [350, 1, 1, 3 * chunkPoints + 30], chunkPoints)).toEqual(['1.3', '1.4'])
  })

  it('are all that begin before the page is sure to end', () => {
    const late = [head(1, 0, 0, 1_000), head(1, 1, 10, 500), head(1, 2, 400, 600), head(1, 3, 501, 502)]
    expect(nearest(late, begin, 1)).toEqual(['1.0', '1.1', '1.2'])
  })
})

describe('the horizon', () => {
  it('is where the first of those series goes on of which there may be more', () => {
    expect(horizonOf([...inOrder(1), ...inOrder(2).slice(0, 9)], 10, comparePositions)).toEqual([900, 1, 1, 576])
    expect(horizonOf([...inOrder(1), head(2, 0, 5, 6)], 1, comparePositions)).toEqual([0, 1, 1, 0])
  })

  it('is none when all chunks are there', () => {
    expect(horizonOf(inOrder(1), 11, comparePositions)).toBeNull()
    expect(horizonOf([], 1, comparePositions)).toBeNull()
  })
})
