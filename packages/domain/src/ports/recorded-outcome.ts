import type { JsonText, PhaseTimings, Progress, TaskError, TaskId } from '@inferq/contracts'
import type { TaskEvent } from '../task.ts'

/** Everything that a batch of outcomes says about one run of one task, folded into one write. */
export interface OutcomePatch {
  taskId: TaskId
  run: number
  /** See Task.step. Recorded only if it raises the row's step, or equals it and `repeatable`, or `wins`. */
  step: number
  /** Progress of the attempt that is running: does not raise the step. */
  repeatable: boolean
  /** A success ends the run whichever attempt it comes from. */
  wins: boolean
  status: 'in_progress' | 'completed' | 'failed' | 'stopped'
  statusReason: string
  worker: string
  startedAt: number
  progress: Progress | null
  error: TaskError | null
  nextAttemptAt: number | null
  result: JsonText | null
  resultKey: string | null
  timings: PhaseTimings | null
  events: readonly TaskEvent[]
}

/** A patch that was recorded. */
export interface RecordedOutcome {
  taskId: TaskId
  run: number
  company: string
  queue: string
  job: string
  status: OutcomePatch['status']
  /** Whether this write moved the run from queued to in progress or beyond. */
  firstStart: boolean
  queuedAt: Date
  startedAt: Date
}
