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
