import { z } from 'zod'

/**
 * What an attempt can fail with, and what follows from it: `transient` is tried again while attempts are left,
 * `permanent` ends the task as failed, `cancelled` ends it as stopped, `lost` is nobody's fault and never counts.
 */
export const jobErrorKinds = {
  INPUT_INVALID: 'permanent',
  INPUT_TOO_LARGE: 'permanent',
  /** What came is no image, or none that can be read. */
  INPUT_UNREADABLE: 'permanent',
  /** An address that must not be fetched, or that answers what must not be taken. */
  INPUT_REFUSED: 'permanent',
  /** An address that does not answer now. */
  INPUT_UNREACHABLE: 'transient',
  MODEL_UNKNOWN: 'permanent',
  MODEL_LOAD_FAILED: 'permanent',
  ENGINE_REFUSED: 'permanent',
  ENGINE_UNAVAILABLE: 'transient',
  ENGINE_FAILED: 'transient',
  FILES_UNREACHABLE: 'transient',
  ATTEMPT_TIMED_OUT: 'transient',
  HANDLER_FAILED: 'transient',
  RESULT_INVALID: 'permanent',
  WORKER_CRASHED: 'permanent',
  CANCELLED: 'cancelled',
  WORKER_SHUTDOWN: 'lost',
  LOCK_LOST: 'lost',
} as const

export type JobErrorCode = keyof typeof jobErrorKinds
export type JobErrorKind = (typeof jobErrorKinds)[JobErrorCode]
export const jobErrorCodes = Object.keys(jobErrorKinds) as [JobErrorCode, ...JobErrorCode[]]

/** A failed attempt. `message` reaches the producer; what only operators may read goes in `cause`. */
export class JobError extends Error {
  override readonly name = 'JobError'
  readonly code: JobErrorCode
  readonly kind: JobErrorKind
  /** When set, the wait before the next attempt, in place of the usual backoff (a server said "retry after"). */
  readonly retryAfterMs: number | undefined

  constructor(code: JobErrorCode, message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.kind = jobErrorKinds[code]
    this.retryAfterMs = options.retryAfterMs
  }
}

/** The error as the record and the producer see it. */
export const TaskError = z.object({ code: z.enum(jobErrorCodes), message: z.string() }).meta({ id: 'TaskError' })
export type TaskError = z.infer<typeof TaskError>
