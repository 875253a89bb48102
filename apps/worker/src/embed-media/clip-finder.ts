import type { Span } from '@inferq/media'
import { slackSec } from './seconds.ts'

/** Tells in which clip a time is, by its number. Times must come in their order. */
export function clipFinder(clips: readonly Span[], first = 0): (atSec: number) => number {
  let clip = first
  return (atSec) => {
    while (clip < clips.length - 1 && atSec >= (clips[clip] as Span).endSec - slackSec) clip++
    return clip
  }
}
