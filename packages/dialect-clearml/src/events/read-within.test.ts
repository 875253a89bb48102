import { describe, expect, it } from 'vitest'
import { maxPageChars } from './limits.ts'
import { readWithin } from './read-within.ts'

/** Reads numbers from 0 on, up to `end`. */
function counting(end: number) {
  const counts: number[] = []
  let next = 0
  const readSome = async (count: number) => {
    counts.push(count)
    const items = Array.from({ length: Math.min(count, end - next) }, () => next++)
    return { items, more: next < end }
  }
  return { counts, readSome }
}

const small = { most: maxPageChars / 2, of: () => 10 }

describe('a page', () => {
  it('is read in ever larger parts, up to what is asked for or there is', async () => {
    const { counts, readSome } = counting(100_000)
    expect(await readWithin(5000, small, readSome)).toEqual(Array.from({ length: 5000 }, (_, index) => index))
    expect(counts).toEqual([2, 16, 128, 1024, 3830])
    expect(await readWithin(5000, small, counting(20).readSome)).toHaveLength(20)
    expect(await readWithin(1, small, counting(20).readSome)).toEqual([0])
  })

  it('ends early when its items are large, and reads not many more than it answers', async () => {
    const half = { most: maxPageChars / 2, of: () => maxPageChars / 2 }
    expect(await readWithin(5000, half, counting(100).readSome)).toHaveLength(2)
    const eighth = { ...half, of: () => maxPageChars / 8 }
    expect(await readWithin(5000, eighth, counting(100).readSome)).toHaveLength(8)
  })
})
