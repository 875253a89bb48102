import { describe, expect, it } from 'vitest'
import { nextChunkSize } from './chunks.ts'

const limits = { maxBatchItems: 4, maxBatchTokens: 100, maxPaddingTokens: 20 }

describe('a run of the model', () => {
  it.each([
    ['takes all texts that fit', [10, 10, 10], 3],
    ['takes no more texts than the limit', [5, 5, 5, 5, 5, 5], 4],
    ['takes no more tokens than the limit, padding counted', [40, 39, 38], 2],
    ['takes one text that is longer than the limit', [500, 500], 1],
    ['ends where padding would cost more than another run', [30, 20, 19, 2], 2],
  ])('%s', (_, lengths, expected) => {
    expect(nextChunkSize(lengths, 0, limits)).toBe(expected)
  })

  it('starts where the one before ended', () => {
    expect(nextChunkSize([90, 10, 10, 10], 1, limits)).toBe(3)
  })
})
