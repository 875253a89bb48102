import { z } from 'zod'
import { TaskId } from './ids.ts'
import { TaskError } from './job-error.ts'

/** How far a running attempt is. `fraction` is 0 to 1. */
export const Progress = z
  .object({ fraction: z.number().min(0).max(1), message: z.string().optional() })
  .meta({ id: 'Progress' })
export type Progress = z.infer<typeof Progress>

/** Milliseconds that an attempt spent in each phase on the worker. */
export const PhaseTimings = z.object({ preparingMs: z.number(), computingMs: z.number() })
export type PhaseTimings = z.infer<typeof PhaseTimings>

const attempt = {
  v: z.literal(1),
  taskId: TaskId,
  run: z.number().int(),
  attempt: z.number().int().min(1),
  worker: z.string(),
  /** When the attempt started and when this was reported; epoch milliseconds of the worker's clock. */
  startedAt: z.number(),
  at: z.number(),
}

/**
 * What a worker reports about an attempt. Delivery is at least once and out of order between recorders, so each one
 * stands by itself: an outcome that ends an attempt repeats when it started.
 */
export const Outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), ...attempt }),
  z.object({ kind: z.literal('progress'), ...attempt, progress: Progress }),
  z.object({ kind: z.literal('retrying'), ...attempt, error: TaskError, nextAttemptAt: z.number() }),
  z.object({
    kind: z.literal('succeeded'),
    ...attempt,
    timings: PhaseTimings,
    /** The result as JSON text; or, when larger than `inlineResultBytes`, its key in the file store. */
    result: z.string().optional(),
    resultKey: z.string().optional(),
  }),
  z.object({ kind: z.literal('failed'), ...attempt, error: TaskError }),
  z.object({ kind: z.literal('stopped'), ...attempt, reason: z.string() }),
])
export type Outcome = z.infer<typeof Outcome>
