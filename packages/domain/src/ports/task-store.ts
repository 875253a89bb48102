import type { JsonText, TaskError, TaskId, TaskStatus } from '@inferq/contracts'
import type { Task, TaskEvent } from '../task.ts'
import type { OutcomePatch, RecordedOutcome } from './recorded-outcome.ts'

/** A point in time set by the database's own clock when the statement runs. */
export type DbTime = Date | 'now' | null

/** A task to be inserted as `queued`, run 1, step 0. */
export interface TaskDraft {
  id: TaskId
  company: string
  user: string
  name: string
  job: string
  queue: string
  priority: number
  tags: readonly string[]
  attemptsAllowed: number
  input: JsonText | null
  inputKey: string | null
  traceparent: string | null
  expiresInSeconds: number | null
  idempotency: { key: string; bodyHash: string } | null
}

export type InsertedTask =
  | { kind: 'inserted'; task: Task }
  /** The idempotency key was used before for the same body: the task as it was then answered. */
  | { kind: 'replayed'; task: Task }
  /** The idempotency key was used before for another body. */
  | { kind: 'key_reused' }
  | { kind: 'too_many_queues' }

/** Columns to set; an absent key is left alone. */
export interface TaskChanges {
  status?: TaskStatus
  statusReason?: string
  statusMessage?: string
  queue?: string
  priority?: number
  run?: number
  step?: number
  result?: null
  resultKey?: null
  error?: TaskError | null
  progress?: null
  timings?: null
  worker?: null
  nextAttemptAt?: null
  enqueueStatus?: TaskStatus | null
  queuedAt?: DbTime
  startedAt?: DbTime
  completedAt?: DbTime
  expiresAt?: null
}

/** The compare of a compare-and-set: the row must be in one of these statuses, and in this run when given. */
export interface TaskGuard {
  statuses: readonly TaskStatus[]
  run?: number
  step?: number
}

export interface TaskQuery {
  statuses?: readonly TaskStatus[]
  queue?: string
  job?: string
  name?: string
  /** All of them. */
  tags?: readonly string[]
  /** Only ids below this one: newest first, so this is the page that follows. */
  beforeId?: TaskId
  limit: number
}

/** A queued or running task as the reconciler needs it: enough to make its job again. */
export interface LiveTask {
  id: TaskId
  company: string
  queue: string
  job: string
  run: number
  step: number
  priority: number
  attemptsAllowed: number
  input: JsonText | null
  inputKey: string | null
  traceparent: string | null
  statusMessage: string
  queuedAt: Date
  updatedAt: Date
}

export interface QueuedPosition {
  priority: number
  queuedAt: Date
  id: TaskId
}

/** The record. Methods take and return domain types; a foreign company's task is as absent as an unknown one. */
export interface TaskStore {
  /** One transaction for all. Makes queues on first use. Answers in the order of the drafts. */
  insertTasks(drafts: readonly TaskDraft[]): Promise<readonly InsertedTask[]>
  /** What inserting these drafts would answer if it is not `inserted`; null: their key is new. Inserts nothing. */
  findReplays(drafts: readonly TaskDraft[]): Promise<readonly (InsertedTask | null)[]>
  findTask(company: string, id: TaskId): Promise<Task | null>
  listTasks(company: string, query: TaskQuery): Promise<readonly Task[]>
  /** Null: no such task, or it is not as the guard says. */
  updateTask(
    company: string,
    id: TaskId,
    guard: TaskGuard,
    changes: TaskChanges,
    event?: Omit<TaskEvent, 'at' | 'status' | 'run'>,
  ): Promise<Task | null>
  /** Applies what workers reported, in one statement. A late or double outcome matches no row and is left out. */
  recordOutcomes(patches: readonly OutcomePatch[]): Promise<readonly RecordedOutcome[]>
  /** Null as for updateTask; else the task that was deleted. */
  deleteTask(company: string, id: TaskId, guard: TaskGuard): Promise<Task | null>

  /** Native tasks that are queued, of all companies, by (priority, queuedAt, id), after a position; the oldest `queuedBefore`. */
  listQueued(options: {
    after: QueuedPosition | null
    /** Only those queued since; null for all. */
    since: Date | null
    olderThanMs: number
    limit: number
  }): Promise<readonly LiveTask[]>
  /** Native tasks in progress whose row has been still for a while, by id. */
  listRunning(options: { afterId: TaskId | null; olderThanMs: number; limit: number }): Promise<readonly LiveTask[]>
  /** Queued tasks whose time to start has run out by the database's clock. */
  listExpired(limit: number): Promise<readonly LiveTask[]>
  /** Of these runs, the ones that are current and in one of the statuses; as `<taskId>-<run>`. */
  filterRuns(
    runs: readonly { taskId: TaskId; run: number }[],
    statuses: readonly TaskStatus[],
  ): Promise<ReadonlySet<string>>
  /** Drops idempotency keys older than this. */
  forgetIdempotencyKeys(olderThanMs: number): Promise<number>
}
