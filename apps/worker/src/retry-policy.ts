import type { JobError, JobErrorCode, jobErrorKinds, TaskError } from '@inferq/contracts'

/** What follows from an error; someone else does it. */
export type Decision =
  | { kind: 'fail'; error: TaskError }
  | { kind: 'retry'; error: TaskError; delayMs: number }
  | { kind: 'stop'; reason: string }
  /** Nobody's fault: back to the queue at once, without counting. */
  | { kind: 'release'; error: TaskError }
  /** Another worker may have the job by now: what this one says no longer matters. */
  | { kind: 'abandon' }

interface Backoff {
  firstMs: number
  /** Each wait is so many times the one before. */
  factor: number
  maxMs: number
  /** The part of a wait that is left to chance, so that those who failed together do not come back together. */
  jitter: number
}

type TransientCode = {
  [Code in JobErrorCode]: (typeof jobErrorKinds)[Code] extends 'transient' ? Code : never
}[JobErrorCode]

const minuteMs = 60_000

/** Total on purpose: a new transient code does not compile until it is known how long to wait after it. */
export const backoffs = {
  INPUT_UNREACHABLE: { firstMs: 2_000, factor: 3, maxMs: minuteMs, jitter: 0.5 },
  ENGINE_UNAVAILABLE: { firstMs: 1_000, factor: 2, maxMs: minuteMs, jitter: 0.5 },
  ENGINE_FAILED: { firstMs: 1_000, factor: 2, maxMs: minuteMs, jitter: 0.2 },
  HANDLER_FAILED: { firstMs: 1_000, factor: 2, maxMs: minuteMs, jitter: 0 },
  FILES_UNREACHABLE: { firstMs: 2_000, factor: 3, maxMs: minuteMs, jitter: 0.5 },
  ATTEMPT_TIMED_OUT: { firstMs: 5_000, factor: 1, maxMs: 5_000, jitter: 0 },
} as const satisfies Record<TransientCode, Backoff>

/** However long a server asks us to wait: a task's end must stay in sight. */
const maxRetryAfterMs = 15 * minuteMs

export interface RunSoFar {
  /** Attempts of this run that failed and counted, before this one. */
  failuresBefore: number
  /** Attempts allowed in this run. */
  attempts: number
}

/** `random` gives a number from 0 up to 1. */
export function decide(error: JobError, { failuresBefore, attempts }: RunSoFar, random = Math.random): Decision {
  const { code, message } = error
  switch (error.kind) {
    case 'permanent':
      return { kind: 'fail', error: { code, message } }
    case 'cancelled':
      return { kind: 'stop', reason: message }
    case 'lost':
      return code === 'LOCK_LOST' ? { kind: 'abandon' } : { kind: 'release', error: { code, message } }
    case 'transient':
      if (failuresBefore + 1 >= attempts) return { kind: 'fail', error: { code, message } }
      return { kind: 'retry', error: { code, message }, delayMs: delayOf(error, failuresBefore, random) }
  }
}

function delayOf({ code, retryAfterMs }: JobError, failuresBefore: number, random: () => number): number {
  if (retryAfterMs !== undefined) return Math.min(Math.max(0, Math.round(retryAfterMs)), maxRetryAfterMs)
  const { firstMs, factor, maxMs, jitter } = backoffs[code as TransientCode]
  const fullMs = Math.min(firstMs * factor ** failuresBefore, maxMs)
  return Math.round(fullMs * (1 - jitter * random()))
}
