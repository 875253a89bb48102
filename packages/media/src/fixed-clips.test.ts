import { describe, expect, it } from 'vitest'
import { fixedClips } from './fixed-clips.ts'

const bounds = (startSec: number, endSec: number, seconds: number) =>
  fixedClips({ startSec, endSec }, seconds).map((clip) => [clip.startSec, clip.endSec])

describe('clips of a fixed length', () => {
  it('follow each other from the start of the span; the last one ends with it', () => {
    expect(bounds(0, 12, 5)).toEqual([
      [0, 5],
      [5, 10],
      [10, 12],
    ])
  })

  it('start where the span starts', () => {
    expect(bounds(3.5, 15.5, 6)).toEqual([
      [3.5, 9.5],
      [9.5, 15.5],
    ])
  })

  it.each([
    [31, 6, 5, 30],
    [11.999, 10, 1, 10],
    [12, 10, 2, 12],
    [10.5, 1, 10, 10],
    [12.01, 6, 2, 12],
  ])('leave out a tail under 2 s: %f s by %f make %i, up to %f', (end, seconds, count, lastEnd) => {
    const clips = bounds(0, end, seconds)
    expect([clips.length, clips.at(-1)?.[1]]).toEqual([count, lastEnd])
  })

  it('are one, however short, where there is only one', () => {
    expect(bounds(0, 0.04, 6)).toEqual([[0, 0.04]])
    expect(bounds(2, 3.5, 2)).toEqual([[2, 3.5]])
  })

  it('are none of an empty span', () => {
    expect(bounds(3, 3, 6)).toEqual([])
  })

  it('never begin with an error of rounding: 0.1 s and three of 0.7 s', () => {
    const clips = bounds(0.1, 0.1 + 3 * 7, 7)
    expect(clips).toHaveLength(3)
    expect(clips.at(-1)?.[1]).toBe(0.1 + 3 * 7)
  })
})
