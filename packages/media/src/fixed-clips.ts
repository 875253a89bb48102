import type { Span } from './types.ts'

/** A clip at the end that is shorter than this, and than the others, is left out. */
const minTailSec = 2
/** Lengths that differ by less are the same: a microsecond, in which media time is counted. */
const tolerance = 1e-6

/**
 * Clips of exactly so many seconds from the start of the span; the last one ends with the span. One that would be too short is
 * left out, unless it is the only one.
 */
export function fixedClips({ startSec, endSec }: Span, seconds: number): Span[] {
  const whole = Math.floor((endSec - startSec + tolerance) / seconds)
  const boundary = (index: number) => Math.min(startSec + index * seconds, endSec)
  const clips = Array.from({ length: whole }, (_, index) => ({
    startSec: boundary(index),
    endSec: boundary(index + 1),
  }))
  const tailSec = endSec - boundary(whole)
  const keepsTail = whole === 0 ? tailSec > 0 : tailSec > minTailSec - tolerance
  return keepsTail ? [...clips, { startSec: boundary(whole), endSec }] : clips
}
