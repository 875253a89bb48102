import { describe, expect, it } from 'vitest'
import { parseRange } from './range.ts'

describe('a range of a file of 10 bytes', () => {
  it.each([
    ['bytes=0-3', { start: 0, end: 3 }],
    ['bytes=4-', { start: 4, end: 9 }],
    ['bytes=9-9', { start: 9, end: 9 }],
    ['bytes=2-99', { start: 2, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-99', { start: 0, end: 9 }],
    [' Bytes = 1 - 2 ', { start: 1, end: 2 }],
  ])('is the one that %j names', (header, range) => {
    expect(parseRange(header, 10)).toEqual(range)
  })

  it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('is not there when it is %j', (header) => {
    expect(parseRange(header, 10)).toBe('unsatisfiable')
  })

  it.each([undefined, '', 'bytes=', 'bytes=-', 'bytes=5-2', 'bytes=a-b', 'lines=0-3', 'bytes=0-1,4-5', 'bytes=1.5-2'])(
    'is all of it when the header is %j',
    (header) => {
      expect(parseRange(header, 10)).toBeNull()
    },
  )
})

describe('a range of an empty file', () => {
  it.each(['bytes=0-', 'bytes=0-0', 'bytes=-1'])('is not there: %j', (header) => {
    expect(parseRange(header, 0)).toBe('unsatisfiable')
  })
})
