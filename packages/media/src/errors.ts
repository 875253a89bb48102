import { JobError } from '@inferq/contracts'

/** What is wrong with the medium, for its producer. What the program wrote is for operators alone. */
export const unreadable = (message: string, log?: string): JobError =>
  new JobError('INPUT_UNREADABLE', message, log ? { cause: log } : {})

/** What is missing at the end may be so much of what the file promised: its times are not all exact. */
const endSlackSec = 2

/**
 * Throws when reading stopped well before the end, and not without complaint: the file is cut off, or broken from there on. A
 * picture that just stands for a long time at the end is no reason.
 */
export function refuseCutOff(reachedSec: number, endSec: number, complaints: string): void {
  if (complaints === '' || endSec - reachedSec <= endSlackSec) return
  const [reached, promised] = [reachedSec, endSec].map((seconds) => `${seconds.toFixed(1)} s`)
  throw unreadable(
    `the file can be read up to ${reached} only, and should go on to ${promised}: it is cut off`,
    complaints,
  )
}

export const noTools = (): JobError =>
  new JobError('ENGINE_UNAVAILABLE', 'this worker has no ffmpeg and ffprobe, by which audio and video are read')

export const toolFailed = (message: string, cause: unknown): JobError =>
  new JobError('ENGINE_FAILED', message, { cause })
