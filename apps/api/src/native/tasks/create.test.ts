import { describe, expect, it } from 'vitest'
import { preferredWait } from './create.ts'

describe('Prefer: wait', () => {
  it.each([
    ['wait=5', 5],
    ['respond-async, wait=10', 10],
    ['Wait = "7"', 7],
    ['wait=9999', 60],
    ['wait=soon', null],
    ['respond-async', null],
    [undefined, null],
  ])('%s is read as %s', (header, seconds) => {
    expect(preferredWait(header)).toBe(seconds)
  })
})
