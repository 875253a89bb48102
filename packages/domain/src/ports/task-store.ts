import type { JsonText, TaskError, TaskId, TaskStatus } from '@inferq/contracts'
import type { Search } from '../search/search.ts'
import type { Task, TaskEvent } from '../task.ts'
import type { CreatedTask, DetailedTask, HeavyPart, TaskDetails } from '../task-details.ts'
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

/** What a change of a task with all its details may set. */
export interface DetailedChanges
  extends Omit<TaskChanges, 'queue' | 'worker'>,
    Partial<Omit<TaskDetails, 'leaseUntil' | 'workerReportedAt' | 'editedAt'>> {
  name?: string
  job?: string | null
  user?: string
  company?: string
  tags?: readonly string[]
  input?: JsonText | null
  inputKey?: string | null
  attemptsAllowed?: number
  /** Null: on no queue. */
  queueId?: string | null
  worker?: null | string
  publishedAt?: DbTime
  createdAt?: Date
  statusChangedAt?: DbTime
  workerReportedAt?: DbTime
  leaseUntil?: null | { secondsFromNow: number }
}

/** What `changeTask` is to do. Row and agents' line change together or not at all. */
export interface TaskChange {
  set: DetailedChanges
  event?: Omit<TaskEvent, 'at' | 'status' | 'run'>
  /**
   * `update` (the usual) moves `updatedAt`, `edit` only `editedAt`, `status` also `statusChangedAt`; `nothing` is for a
   * change of its lines only.
   */
  counts?: 'update' | 'edit' | 'status' | 'nothing'
  /** Entries of the task in the agents' lines: first leave, then enter. */
  leaveQueues?: 'all' | { except: string } | { queueId: string }
  enterQueue?: string
  /** Forget all events that it reported. */
  dropEvents?: true
  /** Paths of stored files that nobody needs once this is written; see FileRecords. */
  dropFiles?: readonly string[]
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

/** A page of the native tasks of some jobs, the newest first. */
export interface TaskPageQuery {
  jobs: readonly string[]
  /** Absent: all. */
  statuses?: readonly TaskStatus[]
  /** Tasks with this tag are on no page. */
  withoutTag: string
  /** Made after this, and before that. */
  createdAfter: Date
  createdBefore?: Date
  offset: number
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
  /** By the numbers under which some languages know tasks; in that order, each once, without those that are not there. */
  findTasksByNumber(company: string, numbers: readonly number[]): Promise<readonly Task[]>
  /** Of these numbers the ones of tasks that are there; in that order, each once. */
  filterNumbers(company: string, numbers: readonly number[]): Promise<readonly number[]>
  listTasks(company: string, query: TaskQuery): Promise<readonly Task[]>
  /** `total` counts what fits the query on all pages. */
  pageTasks(company: string, query: TaskPageQuery): Promise<{ tasks: readonly Task[]; total: number }>
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
  /** Null as for updateTask; else the task that was deleted. `dropFiles` as in a TaskChange. */
  deleteTask(company: string, id: TaskId, guard: TaskGuard, dropFiles?: readonly string[]): Promise<Task | null>

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
  /** Tasks with this tag that were made so long ago and are neither live nor published, of all companies; the oldest first. */
  listPassing(options: {
    tag: string
    olderThanMs: number
    limit: number
  }): Promise<readonly Pick<Task, 'id' | 'company'>[]>
  /** Of these runs, the ones that are current and in one of the statuses; as `<taskId>-<run>`. */
  filterRuns(
    runs: readonly { taskId: TaskId; run: number }[],
    statuses: readonly TaskStatus[],
  ): Promise<ReadonlySet<string>>
  /** Drops idempotency keys older than this. */
  forgetIdempotencyKeys(olderThanMs: number): Promise<number>

  /** In the order of the ids; what is absent or not visible is left out. `visible`: also public ones. */
  findDetailed(company: string, ids: readonly string[], scope: 'own' | 'visible'): Promise<readonly DetailedTask[]>
  /** The parts `without` which the caller can do are not read, and are empty in the answer. */
  searchTasks(search: Search, without?: readonly HeavyPart[]): Promise<readonly DetailedTask[]>
  /** The distinct task types, of these projects only when given. */
  listTaskTypes(company: string, projects: readonly string[] | null): Promise<readonly string[]>
  createTask(task: CreatedTask): Promise<DetailedTask>
  /**
   * Reads a task of one's own, lets `decide` say what becomes of it, and writes that, while nobody else can change it.
   * `decide` may throw, or answer null to leave it. Null: no such task. Rejects with TASK_ALREADY_QUEUED when it is in
   * the line that it is to enter, with QUEUE_NOT_FOUND when that queue is gone.
   */
  changeTask(
    company: string,
    id: string,
    decide: (task: DetailedTask) => TaskChange | null,
  ): Promise<{ before: DetailedTask; after: DetailedTask; leftQueues: number } | null>
  /** Gives a public task back to the company that it came from. Null: it is not public, or not from there. */
  makePrivate(company: string, id: string): Promise<DetailedTask | null>
  /** Ids of the tasks whose parent this is. */
  listChildren(company: string, parent: string): Promise<readonly { id: TaskId; status: TaskStatus }[]>
  /** Sets the parent of all children, e.g. to say that theirs was deleted. Answers how many. */
  renameParent(company: string, parent: string, to: string): Promise<number>
  /** Tasks of agents and people that are in progress and have given no sign of life for so long. Of all companies. */
  listSilent(olderThanMs: number, limit: number): Promise<readonly DetailedTask[]>
  /** Tasks that an agent took from its queue and did not start in time. Of all companies. */
  listOverdueLeases(limit: number): Promise<readonly DetailedTask[]>
}
