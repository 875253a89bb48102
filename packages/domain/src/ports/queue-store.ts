import type { Search } from '../search/search.ts'
import type { Document } from '../task-details.ts'

export interface QueueRecord {
  id: string
  company: string
  name: string
  displayName: string | null
  isDefault: boolean
  paused: boolean
  tags: readonly string[]
  /** Without `default`, which `isDefault` says. */
  systemTags: readonly string[]
  /** Key to `{ key, type, value }`. */
  metadata: Document
  createdAt: Date
  /** The last time that a task came or went through the agents' line. */
  updatedAt: Date
  /** When the oldest task that waits in it was queued; null: nothing waits. */
  oldestQueuedAt: Date | null
  /** Tasks in its line for agents. */
  agentsWaiting: number
}

export interface QueueChanges {
  name?: string
  displayName?: string | null
  isDefault?: boolean
  tags?: readonly string[]
  systemTags?: readonly string[]
  metadata?: Document
}

export interface QueueStore {
  listQueues(company: string): Promise<readonly QueueRecord[]>
  /** Of all companies; for metrics and the reconciler. */
  listAllQueues(): Promise<readonly QueueRecord[]>
  findQueue(company: string, name: string): Promise<QueueRecord | null>
  /** In the order of the ids; unknown and foreign ones are left out, as is what is no id. */
  findQueuesById(company: string, ids: readonly string[]): Promise<readonly QueueRecord[]>
  searchQueues(search: Search): Promise<readonly QueueRecord[]>
  setPaused(company: string, name: string, paused: boolean): Promise<QueueRecord | null>
  /** Rejects with NAME_TAKEN, TOO_MANY_QUEUES. */
  createQueue(company: string, queue: QueueChanges & { name: string }): Promise<QueueRecord>
  /** The queue of that name, made now if there was none. Rejects with TOO_MANY_QUEUES. */
  ensureQueue(company: string, name: string): Promise<QueueRecord>
  /**
   * Null: no such queue. A function decides on the queue as it is while nobody else changes it. Rejects with NAME_TAKEN.
   */
  changeQueue(
    company: string,
    id: string,
    changes: QueueChanges | ((queue: QueueRecord) => QueueChanges),
  ): Promise<QueueRecord | null>
  /** Its entries go with it, and no task names it any more. Null: no such queue. */
  deleteQueue(company: string, id: string): Promise<QueueRecord | null>
}
