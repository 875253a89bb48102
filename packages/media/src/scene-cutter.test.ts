import { describe, expect, it } from 'vitest'
import { createSceneCutter } from './scene-cutter.ts'

/** Bounds of the clips of 0 to 20 s, each at least 4 s, with cuts at these moments. */
function cutAt(...moments: number[]) {
  const cutter = createSceneCutter({ startSec: 0, endSec: 20 }, 4)
  const clips = [...moments.flatMap((moment) => cutter.push(moment, 1)), ...cutter.end()]
  return clips.map((clip) => [clip.startSec, clip.endSec])
}

describe('cutting where scenes begin', () => {
  it('makes one clip where there is no cut', () => {
    expect(cutAt()).toEqual([[0, 20]])
  })

  it('gives a clip as soon as the next one begins', () => {
    const cutter = createSceneCutter({ startSec: 2, endSec: 20 }, 4)
    expect([cutter.push(3, 0), cutter.push(7, 0.9), cutter.end()]).toEqual([
      [],
      [{ startSec: 2, endSec: 7 }],
      [{ startSec: 7, endSec: 20 }],
    ])
  })

  it('passes over a cut that comes too early for the clip before it', () => {
    expect(cutAt(3.96, 5, 8.96, 9)).toEqual([
      [0, 5],
      [5, 9],
      [9, 20],
    ])
  })

  it('passes over a cut that leaves too little of the span', () => {
    expect(cutAt(10, 16, 16.04)).toEqual([
      [0, 10],
      [10, 16],
      [16, 20],
    ])
    expect(cutAt(16.04)).toEqual([[0, 20]])
  })

  it('does not cut where pictures differ as they do in motion', () => {
    const cutter = createSceneCutter({ startSec: 0, endSec: 20 }, 4)
    expect([cutter.push(8, 0.24), cutter.end()]).toEqual([[], [{ startSec: 0, endSec: 20 }]])
  })
})
