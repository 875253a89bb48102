import { type TaskStatus, taskStatuses } from '@inferq/contracts'
import { DomainError } from './errors.ts'

export type TransitionName =
  | 'enqueue'
  | 'dequeue'
  | 'start'
  | 'complete'
  | 'fail'
  | 'stop'
  | 'close'
  | 'publish'
  | 'reset'

/**
 * Every move a task may make without force. A pair that is absent is forbidden; there is no other rule elsewhere.
 * The statuses and moves are those of ClearML's server, so that its clients see what they expect.
 */
export const transitions = {
  created: { enqueue: 'queued', start: 'in_progress', reset: 'created' },
  queued: { enqueue: 'queued', dequeue: 'created', start: 'in_progress', stop: 'stopped', reset: 'created' },
  // `start` of a running task: the queue redelivered the job, or the next attempt began. Same run.
  in_progress: {
    start: 'in_progress',
    complete: 'completed',
    fail: 'failed',
    stop: 'stopped',
    dequeue: 'created',
    reset: 'created',
  },
  stopped: {
    enqueue: 'queued',
    start: 'in_progress',
    complete: 'completed',
    fail: 'failed',
    stop: 'stopped',
    close: 'closed',
    publish: 'published',
    reset: 'created',
  },
  closed: { stop: 'stopped', fail: 'failed', close: 'closed', publish: 'published', reset: 'created' },
  failed: { enqueue: 'queued', stop: 'stopped', fail: 'failed', publish: 'published', reset: 'created' },
  completed: { start: 'in_progress', complete: 'completed', publish: 'published', reset: 'created' },
  publishing: { publish: 'published' },
  published: {},
  unknown: {},
} as const satisfies Record<TaskStatus, Partial<Record<TransitionName, TaskStatus>>>

const table: Record<TaskStatus, Partial<Record<TransitionName, TaskStatus>>> = transitions

/** Where the move leads. Throws TASK_TRANSITION_FORBIDDEN when the table has no such move. */
export function nextStatus(from: TaskStatus, transition: TransitionName): TaskStatus {
  const to = table[from][transition]
  if (!to) throw new DomainError('TASK_TRANSITION_FORBIDDEN', `cannot ${transition} a task that is ${from}`)
  return to
}

/** What each move makes of a task, wherever it starts. */
const targets: Record<TransitionName, TaskStatus> = {
  enqueue: 'queued',
  dequeue: 'created',
  start: 'in_progress',
  complete: 'completed',
  fail: 'failed',
  stop: 'stopped',
  close: 'closed',
  publish: 'published',
  reset: 'created',
}

/**
 * Where the move leads; with `force` the table is not asked. Throws TASK_TRANSITION_FORBIDDEN, or TASK_STATUS_UNKNOWN
 * when the table can say nothing, since nobody knows what the task is.
 */
export function targetOf(from: TaskStatus, transition: TransitionName, force = false): TaskStatus {
  if (force) return targets[transition]
  if (from === 'unknown') throw new DomainError('TASK_STATUS_UNKNOWN', `cannot ${transition} a task of unknown status`)
  return nextStatus(from, transition)
}

/** The statuses from which a move is allowed: what a compare-and-set on the row guards with. */
export const sourcesOf = (transition: TransitionName): TaskStatus[] =>
  taskStatuses.filter((status) => table[status][transition] !== undefined)
