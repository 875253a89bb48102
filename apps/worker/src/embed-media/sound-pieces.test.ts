import { describe, expect, it } from 'vitest'
import { SoundPieces } from './sound-pieces.ts'

const sampleRate = 10
const clips = [
  { startSec: 0, endSec: 3 },
  { startSec: 3, endSec: 4.25 },
  { startSec: 4.25, endSec: 6 },
]

/** The pieces of a sound whose samples count up, given in parts of such a length; as clip, first sample and length. */
function cut(length: number, partLength: number, more: { first?: number; fromSec?: number; maxSeconds?: number } = {}) {
  const { first = 0, fromSec = 0, maxSeconds = 2 } = more
  const pieces = new SoundPieces({ clips, first, sampleRate, maxSeconds, fromSec })
  const sound = Float32Array.from({ length }, (_, i) => fromSec * sampleRate + i)
  const parts = Array.from({ length: Math.ceil(length / partLength) }, (_, i) =>
    sound.subarray(i * partLength, (i + 1) * partLength),
  )
  const all = [...parts.flatMap((part) => [...pieces.take(part)]), ...pieces.end()]
  for (const { samples } of all) for (const [i, sample] of samples.entries()) expect(sample - (samples[0] ?? 0)).toBe(i)
  return all.map(({ clip, samples }) => [clip, samples[0], samples.length])
}

describe('pieces of sound', () => {
  const all = [
    [0, 0, 20],
    [0, 20, 10],
    [1, 30, 13],
    [2, 43, 17],
  ]

  it.each([1, 7, 10, 60])('end with their clip, and after so many seconds of it, in parts of %i samples', (part) => {
    expect(cut(60, part)).toEqual(all)
  })

  it('are the same when it is read from the middle, and what is before them is left out', () => {
    expect(cut(40, 7, { first: 1, fromSec: 2 })).toEqual(all.slice(2))
    expect(cut(60, 7, { first: 2 })).toEqual(all.slice(3))
  })

  it('end with the sound, and there is none where there is no sound', () => {
    expect(cut(32, 10)).toEqual([
      [0, 0, 20],
      [0, 20, 10],
      [1, 30, 2],
    ])
    expect(cut(30, 10)).toEqual(all.slice(0, 2))
  })

  it('are none of what comes after the last clip', () => {
    expect(cut(99, 25)).toEqual(all)
  })
})
