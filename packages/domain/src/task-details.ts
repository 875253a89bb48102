import type { TaskId } from '@inferq/contracts'
import type { Task } from './task.ts'

/** A JSON object that the core only keeps; the dialect that writes it says what is in it. */
export type Document = Readonly<Record<string, unknown>>

/**
 * What people and agents keep on a task beside its run. Most tasks of producers have none of it, so every part may be
 * null, which reads as empty.
 */
export interface TaskDetails {
  /** ClearML's task type. */
  type: string
  /** Id of the queue that it was last put on; `queue` is its name. */
  queueId: string | null
  comment: string | null
  project: string | null
  /** A task's id, or `__DELETED__` and the id that it was. */
  parent: string | null
  systemTags: readonly string[]
  /** Without repository and entry point where `job` says them. */
  script: Document | null
  /** Without the queue, which the row has. */
  execution: Document | null
  container: Document | null
  /** `{ input: [...], output: [...] }`. */
  models: Document | null
  output: Document | null
  /** Section to parameter name to item. */
  hyperparams: Document | null
  /** Name to item; of a task with a job without the value of `input`, which the row has. */
  configuration: Document | null
  runtime: Document | null
  lastMetrics: Document | null
  lastIteration: number
  /** Seconds from the start to the last sign of life. */
  activeSeconds: number | null
  workerReportedAt: Date | null
  /** The last change that does not count as an update of the work itself: a move, a tag. */
  editedAt: Date | null
  /** User that changed it last; null: its own. */
  changedBy: string | null
  /** The company that made it public; then `company` is empty. */
  companyOrigin: string | null
  /** Until when an agent that took it from its queue may still start it. */
  leaseUntil: Date | null
  /** What the agent that took it from its queue last calls itself; null: nobody did, or it says no name. */
  takenBy: string | null
  /** Taken out of its queue's line while its status stayed `queued`: nobody is to deliver it. */
  withdrawn: boolean
}

export type DetailedTask = Task & TaskDetails

/** What may be large on a task, and what a reader of many tasks can do without. */
export type HeavyPart =
  | 'input'
  | 'result'
  | 'events'
  | 'script'
  | 'execution'
  | 'hyperparams'
  | 'configuration'
  | 'lastMetrics'

/** A task that is made without being enqueued. Absent details are empty. */
export interface CreatedTask extends Partial<Omit<TaskDetails, 'type'>> {
  id: TaskId
  company: string
  user: string
  name: string
  type: string
  job: string | null
  tags: readonly string[]
  attemptsAllowed: number
  input: string | null
  inputKey: string | null
}
