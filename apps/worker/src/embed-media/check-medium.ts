import { JobError, type MediaBounds, maxMediaSeconds } from '@inferq/contracts'
import type { MediaFacts } from '@inferq/media'
import { exactSeconds } from './seconds.ts'

interface Size {
  readonly width: number
  readonly height: number
}

/** Encoders end sound in whole packets, so that ten minutes last a little more or less. */
const packetSec = 0.1

/** Throws INPUT_INVALID or INPUT_TOO_LARGE for a medium that is not what the job is for, or not within its bounds. */
export function checkMedium(kind: 'audio' | 'video', facts: MediaFacts, bounds: MediaBounds = {}): void {
  if (kind === 'audio' && !facts.audio) throw invalid('there is no sound in the medium', 'give a recording')
  if (kind === 'video' && !facts.video)
    throw invalid('there are no moving pictures in the medium', 'give a video, or embed it as audio')
  checkLength(facts.durationSec, bounds)
  if (kind === 'video' && facts.video) checkFrame(facts.video, bounds)
}

function checkLength(durationSec: number, { min_seconds = 0, max_seconds = maxMediaSeconds }: MediaBounds): void {
  const found = `the medium is ${exactSeconds(durationSec)} s long`
  if (durationSec > max_seconds + packetSec)
    throw new JobError('INPUT_TOO_LARGE', `${found}; it may have ${max_seconds} s at most`)
  if (durationSec < min_seconds - packetSec) throw invalid(found, `it must have at least ${min_seconds} s`)
}

function checkFrame(video: Size, { min_frame, max_frame, max_aspect_ratio }: MediaBounds): void {
  const [longer, shorter] = sidesOf(video)
  const found = `the pictures of the video are ${video.width}x${video.height}`
  if (max_frame) {
    const [mostLonger, mostShorter] = sidesOf(max_frame)
    if (longer > mostLonger || shorter > mostShorter)
      throw new JobError('INPUT_TOO_LARGE', `${found}; they may be ${mostLonger}x${mostShorter} at most, either way up`)
  }
  if (min_frame) {
    const [leastLonger, leastShorter] = sidesOf(min_frame)
    if (longer < leastLonger || shorter < leastShorter)
      throw invalid(found, `they must be at least ${leastLonger}x${leastShorter}, either way up`)
  }
  if (max_aspect_ratio !== undefined && longer > shorter * max_aspect_ratio)
    throw invalid(found, `the longer side may be ${max_aspect_ratio} times the shorter one at most`)
}

const sidesOf = ({ width, height }: Size) => [Math.max(width, height), Math.min(width, height)] as const
const invalid = (found: string, right: string) => new JobError('INPUT_INVALID', `${found}; ${right}`)
