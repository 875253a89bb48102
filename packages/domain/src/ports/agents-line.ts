import type { TaskId } from '@inferq/contracts'
import type { TaskChange } from './task-store.ts'

/** One task's place in the line of a queue from which agents pull. */
export interface LineEntry {
  queueId: string
  taskId: TaskId
  addedAt: Date
}

/**
 * The line of tasks that agents pull over HTTP, in the record itself: taking an entry and leasing the task to the agent
 * are one transaction. An entry is a fact of its own here as in ClearML: a task may be in line without being `queued`,
 * and `queued` without being in line. Every entry change moves the queue's `updatedAt`.
 */
export interface AgentsLine {
  /** First come first, at most `limit` of each queue. */
  entries(queueIds: readonly string[], limit?: number): Promise<readonly LineEntry[]>
  countEntries(queueId: string): Promise<number>
  /** At the end. `present`: it is in this line already. `no_queue`: the queue is gone. */
  addEntry(queueId: string, taskId: TaskId): Promise<'added' | 'present' | 'no_queue'>
  /** False: it was not in this line. */
  removeEntry(queueId: string, taskId: TaskId): Promise<boolean>
  /** The tasks that were in line. */
  clearEntries(queueId: string): Promise<readonly TaskId[]>
  /**
   * Takes the first entry, only if it is `onlyTask` when given. Its task, where there is one, gets a lease, is taken by
   * `agent`, and becomes `queued` if it was stopped. Any number of callers at once: each entry is given out once, in order.
   */
  takeFirst(
    queueId: string,
    options: { leaseSeconds: number; onlyTask?: string; agent?: string },
  ): Promise<LineEntry | null>
  /** Moves an entry; `forward` is towards the front. Answers its new place from 0, null when it is not in this line. */
  moveEntry(
    queueId: string,
    taskId: string,
    to: 'front' | 'back' | { forward: number } | { backward: number },
  ): Promise<number | null>
  /**
   * Puts a task back at the front of its queue after its lease ran out unused, and writes `change` on it. False: it
   * moved on, is in that line, or has none; then at most its lease is cleared.
   */
  returnToLine(company: string, taskId: TaskId, change: Pick<TaskChange, 'set' | 'event'>): Promise<boolean>
}
