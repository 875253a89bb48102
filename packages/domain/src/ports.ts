import type {
  JobPayload,
  JsonText,
  PhaseTimings,
  Progress,
  TaskError,
  TaskId,
  TaskStatus,
  WorkerReport,
} from '@inferq/contracts'
import type { Task, TaskEvent } from './task.ts'

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

export interface QueueRecord {
  id: string
  company: string
  name: string
  isDefault: boolean
  paused: boolean
  createdAt: Date
  /** When the oldest task that waits in it was queued; null: nothing waits. */
  oldestQueuedAt: Date | null
}

export interface QueueStore {
  listQueues(company: string): Promise<readonly QueueRecord[]>
  /** Of all companies; for metrics and the reconciler. */
  listAllQueues(): Promise<readonly QueueRecord[]>
  findQueue(company: string, name: string): Promise<QueueRecord | null>
  setPaused(company: string, name: string, paused: boolean): Promise<QueueRecord | null>
}

export interface Credential {
  accessKey: string
  company: string
  user: string
  name: string
  createdAt: Date
  revokedAt: Date | null
}

export interface CredentialStore {
  /** Makes the first company, user, default queue and credential if there are none. Null: there was one already. */
  bootstrap(options: {
    accessKey?: string
    secretKey?: string
  }): Promise<{ accessKey: string; secretKey: string } | null>
  createCredential(owner: { company: string; user: string }, name: string): Promise<Credential & { secretKey: string }>
  listCredentials(company: string): Promise<readonly Credential[]>
  /** Null: unknown, foreign or revoked before. */
  revokeCredential(company: string, accessKey: string): Promise<Credential | null>
  /** Null: unknown or revoked. */
  findBySecret(secretKey: string): Promise<Credential | null>
}

export interface QueueRef {
  company: string
  queue: string
}

export interface JobToAdd {
  ref: QueueRef
  priority: number
  payload: JobPayload
}

export interface LineCounts {
  /** Not started: in line, whether the queue is paused or not. */
  waiting: number
  active: number
  /** Waiting for their next attempt. */
  delayed: number
}

/**
 * The line: who is next. It may be wiped at any time without losing a task. Every method rejects with
 * QUEUE_UNREACHABLE when Redis does not answer in time.
 */
export interface TaskQueue {
  /** One batch. A job whose id is in the line already is left as it is. */
  addJobs(jobs: readonly JobToAdd[]): Promise<void>
  /** `held`: a worker has it. `absent`: not in the line at all. Redis is the referee of this race. */
  removeJob(ref: QueueRef, jobId: string): Promise<'removed' | 'held' | 'absent'>
  /** Sets the stop flag and sends the hint; the worker that holds the job aborts it. */
  requestStop(ref: QueueRef, jobId: string): Promise<void>
  counts(refs: readonly QueueRef[]): Promise<readonly LineCounts[]>
  /** Jobs served before this one; null: it is not waiting in line. */
  position(ref: QueueRef, jobId: string): Promise<number | null>
  /** Which of these jobs the line knows in any state. */
  present(ref: QueueRef, jobIds: readonly string[]): Promise<readonly boolean[]>
  /** Ids of jobs that wait or are delayed, page by page. */
  scanJobIds(ref: QueueRef, offset: number, limit: number): Promise<readonly string[]>
  setPaused(ref: QueueRef, paused: boolean): Promise<void>
  /** Reports of the workers alive now. */
  watchers(company: string): Promise<readonly WorkerReport[]>
}

export interface FileStore {
  put(key: string, data: string | Uint8Array): Promise<void>
  /** Null: no such file. */
  getText(key: string): Promise<string | null>
  delete(key: string): Promise<void>
}

/** What every operation works on; an app decides which adapter stands behind each. */
export interface Ports {
  tasks: TaskStore
  queues: QueueStore
  line: TaskQueue
  files: FileStore
  limits: DomainLimits
  /** Models that can be asked for by this company's tasks, whoever offers them. */
  knownModels(company: string): Promise<readonly string[]>
  /** Something went wrong behind a caller's back and will be put right by the reconciler. */
  onDeferred(what: string, cause: unknown): void
}

export interface DomainLimits {
  /** Waiting jobs per queue above which a submit is refused. */
  queueCapacity: number
}
