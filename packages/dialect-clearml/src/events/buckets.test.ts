import { describe, expect, it } from 'vitest'
import { Buckets } from './buckets.ts'

const drawn = (xs: readonly number[], most: number, yOf = (x: number) => x) => {
  const buckets = new Buckets({ most, first: Math.min(...xs), last: Math.max(...xs) })
  for (const x of xs) buckets.add(x, yOf(x))
  return buckets.read()
}
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

describe('the points of a series', () => {
  it('are shown as they are while there are few, in the order of x, and by their mean where x is the same', () => {
    expect(drawn([5, -3, 9], 3)).toEqual({ x: [-3, 5, 9], y: [-3, 5, 9] })
    let y = 0
    expect(drawn([1, 1, 2], 2, () => y++)).toEqual({ x: [1, 2], y: [0.5, 2] })
  })

  it('are drawn together in buckets of equal width, by their mean and where the bucket begins', () => {
    expect(drawn(range(10, 20), 5)).toEqual({ x: [10, 12, 14, 16, 18], y: [10.5, 12.5, 14.5, 16.5, 18.5] })
    expect(drawn(range(0, 10), 4)).toEqual({ x: [0, 3, 6, 9], y: [1, 4, 7, 9] })
    expect(drawn(range(0, 10), 1)).toEqual({ x: [0], y: [4.5] })
  })

  it('give the same picture in any order', () => {
    const xs = range(0, 1000).map((index) => (index * 373) % 1000)
    expect(drawn(xs, 7)).toEqual(drawn(range(0, 1000), 7))
  })

  it('never have more buckets than asked for, wherever points turn up', () => {
    const buckets = new Buckets({ most: 10, first: 0, last: 50 })
    for (const x of range(0, 51)) buckets.add(x, 1)
    for (const x of range(0, 500)) buckets.add(x * 1000 - 7, 1)
    const { x, y } = buckets.read()
    expect(x.length).toBeLessThanOrEqual(10)
    expect(new Set(y)).toEqual(new Set([1]))
    const widths = x.slice(1).map((start, index) => start - (x[index] as number))
    expect(new Set(widths).size).toBe(1)
  })

  it('may lie so far apart that only their ends are worth drawing', () => {
    expect(drawn([0, 1e15, 2e15], 2).x).toHaveLength(2)
  })
})
