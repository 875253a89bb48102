import { JobError, type MediaBounds } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { checkMedium } from './check-medium.ts'
import { windowOf } from './window.ts'

const audio = { sampleRate: 44_100, channels: 2 }
const video = { width: 1280, height: 720 }
const film = { durationSec: 10, video, audio }
const sync: MediaBounds = {
  min_seconds: 4,
  max_seconds: 600,
  min_frame: { width: 360, height: 360 },
  max_frame: { width: 5184, height: 2160 },
  max_aspect_ratio: 2.4,
}

function refusalOf(check: () => unknown): string {
  try {
    check()
  } catch (error) {
    if (error instanceof JobError) return `${error.code} ${error.message}`
    throw error
  }
  return 'none'
}

describe('a medium', () => {
  it.each([
    ['video', film],
    ['audio', film],
    ['audio', { ...film, video: null }],
    ['video', { ...film, audio: null }],
    ['video', { ...film, durationSec: 600.02 }],
    ['video', { ...film, durationSec: 3.97 }],
    ['video', { ...film, video: { width: 2160, height: 5184 } }],
    ['audio', { ...film, video: { width: 10, height: 10 } }],
  ] as const)('is taken for %s: %j', (kind, facts) => {
    expect(refusalOf(() => checkMedium(kind, facts, sync))).toBe('none')
  })

  it.each([
    ['audio', { audio: null }, 'INPUT_INVALID there is no sound in the medium; give a recording'],
    [
      'video',
      { video: null },
      'INPUT_INVALID there are no moving pictures in the medium; give a video, or embed it as audio',
    ],
    ['video', { durationSec: 601 }, 'INPUT_TOO_LARGE the medium is 601 s long; it may have 600 s at most'],
    ['audio', { durationSec: 3.5 }, 'INPUT_INVALID the medium is 3.5 s long; it must have at least 4 s'],
    [
      'video',
      { video: { width: 640, height: 352 } },
      'INPUT_INVALID the pictures of the video are 640x352; they must be at least 360x360, either way up',
    ],
    [
      'video',
      { video: { width: 2161, height: 2162 } },
      'INPUT_TOO_LARGE the pictures of the video are 2161x2162; they may be 5184x2160 at most, either way up',
    ],
    [
      'video',
      { video: { width: 400, height: 1000 } },
      'INPUT_INVALID the pictures of the video are 400x1000; the longer side may be 2.4 times the shorter one at most',
    ],
  ] as const)('is refused for %s when it is %j', (kind, more, refusal) => {
    expect(refusalOf(() => checkMedium(kind, { ...film, ...more }, sync))).toBe(refusal)
  })

  it('may be four hours long at most when nothing is said, and no shorter than it is', () => {
    expect(refusalOf(() => checkMedium('video', { ...film, durationSec: 14_400 }))).toBe('none')
    expect(refusalOf(() => checkMedium('video', { ...film, durationSec: 0.04, video: { width: 2, height: 2 } }))).toBe(
      'none',
    )
    expect(refusalOf(() => checkMedium('audio', { ...film, durationSec: 14_401 }))).toBe(
      'INPUT_TOO_LARGE the medium is 14401 s long; it may have 14400 s at most',
    )
  })
})

describe('the window', () => {
  it('is the medium when nothing else is said, and ends with it at the latest', () => {
    expect(windowOf(film, { start_sec: 0 })).toEqual({ startSec: 0, endSec: 10 })
    expect(windowOf(film, { start_sec: 2.5, end_sec: 99 })).toEqual({ startSec: 2.5, endSec: 10 })
    expect(windowOf(film, { start_sec: 2.5, end_sec: 3 })).toEqual({ startSec: 2.5, endSec: 3 })
  })

  it('must begin before the medium ends', () => {
    expect(refusalOf(() => windowOf(film, { start_sec: 10 }))).toBe(
      'INPUT_INVALID start_sec is 10, and the medium ends at 10 s; give a start before its end',
    )
  })
})
