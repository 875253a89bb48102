import type { JsonText, PhaseTimings, Progress, TaskError, TaskId, TaskStatus } from '@inferq/contracts'

/** One step in a task's life as the record keeps it. Its id for readers is its place in the list, from 1. */
export interface TaskEvent {
  type:
    | 'queued'
    | 'started'
    | 'retrying'
    | 'succeeded'
    | 'failed'
    | 'stopping'
    | 'stopped'
    | 'dequeued'
    | 'reset'
    | 'redelivered'
  /** Epoch milliseconds. */
  at: number
  run: number
  status: TaskStatus
  attempt?: number
  worker?: string
  /** On events that end an attempt: when it started, so that each stands by itself. */
  startedAt?: number
  error?: TaskError
  nextAttemptAt?: number
  reason?: string
}

/** The record: one row. What a producer gets an id for. */
export interface Task {
  id: TaskId
  /** Decimal sequence number, unique on this server. */
  number: number
  company: string
  user: string
  name: string
  /** The kind of job when native workers run it; null for a task that agents pull. */
  job: string | null
  status: TaskStatus
  statusReason: string
  statusMessage: string
  /** Name of the queue it was last put on. */
  queue: string | null
  priority: number
  tags: readonly string[]
  /** How often it was enqueued; the current run's number. */
  run: number
  /**
   * How far the current run is: 2 x attempt while that attempt runs, one more once it has ended without ending the run.
   * An outcome must raise it to be recorded, so late and double ones change nothing.
   */
  step: number
  attemptsAllowed: number
  input: JsonText | null
  inputKey: string | null
  result: JsonText | null
  resultKey: string | null
  error: TaskError | null
  progress: Progress | null
  timings: PhaseTimings | null
  worker: string | null
  nextAttemptAt: Date | null
  traceparent: string | null
  /** Status before the last enqueue; a dequeue goes back to it. */
  enqueueStatus: TaskStatus | null
  events: readonly TaskEvent[]
  createdAt: Date
  queuedAt: Date | null
  startedAt: Date | null
  completedAt: Date | null
  publishedAt: Date | null
  /** Null: it is as it was made. */
  statusChangedAt: Date | null
  updatedAt: Date
  expiresAt: Date | null
}

export const attemptOf = (task: Pick<Task, 'step'>): number => Math.floor(task.step / 2)

/** `stopping` in the status message is how a stop request shows on a task that still runs. */
export const stoppingMessage = 'stopping'
