import type { Span } from '@inferq/media'
import { clockOf } from './seconds.ts'

export interface Place {
  /** Of all readings of the medium, from 0. */
  readonly pass: number
  readonly passes: number
  readonly window: Span
  /** How many there are; null while that is not known. */
  readonly clips: number | null
  readonly atSec: number
  /** The number of the clip, from 0. */
  readonly clip: number
  /** What is read, where that is not the only thing. */
  readonly what: string | null
}

/** How far the work on a medium is, by time over all its readings, and what to say of it: `clip 37, 0:02:28 of 0:10:00`. */
export function progressOf({ pass, passes, window, clips, atSec, clip, what }: Place) {
  const lengthSec = window.endSec - window.startSec
  const doneSec = Math.min(lengthSec, Math.max(0, atSec - window.startSec))
  const ofClips = clips === null ? '' : ` of ${clips}`
  const place = `clip ${clip + 1}${ofClips}, ${clockOf(doneSec)} of ${clockOf(lengthSec)}`
  return {
    fraction: (pass + doneSec / lengthSec) / passes,
    message: what === null ? place : `${place} (${what})`,
  }
}
