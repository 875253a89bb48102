import { JobError } from '@inferq/contracts'
import type { MediaFacts, Span } from '@inferq/media'
import { exactSeconds } from './seconds.ts'

/** What of a medium is asked for; an end past its end is its end. Throws INPUT_INVALID for a start past it. */
export function windowOf(
  { durationSec }: Pick<MediaFacts, 'durationSec'>,
  { start_sec = 0, end_sec }: { start_sec?: number | undefined; end_sec?: number | undefined },
): Span {
  if (start_sec < durationSec) return { startSec: start_sec, endSec: Math.min(end_sec ?? durationSec, durationSec) }
  const found = `start_sec is ${start_sec}, and the medium ends at ${exactSeconds(durationSec)} s`
  throw new JobError('INPUT_INVALID', `${found}; give a start before its end`)
}
