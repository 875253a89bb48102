import type { ImageModelDescription, JobPayload, WorkerReport } from '@inferq/contracts'

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

/** A new place in a line; `forward` is towards its front. */
export type LineMove = 'front' | 'back' | { forward: number } | { backward: number }

/** One waiting job's place in its line. */
export interface WaitingJob {
  jobId: string
  /** When its task was queued. */
  addedAt: Date
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
  /** The waiting jobs in the order in which they will be served, at most `limit`. */
  lineEntries(ref: QueueRef, limit?: number): Promise<readonly WaitingJob[]>
  /** In one step that no worker comes between. Answers the job's new place from 0; null: it is not waiting in line. */
  moveJob(ref: QueueRef, jobId: string, to: LineMove): Promise<number | null>
  setPaused(ref: QueueRef, paused: boolean): Promise<void>
  /** What workers say of their models that look at images, also of workers that have left within the last days. */
  imageModels(company: string): Promise<readonly ImageModelDescription[]>
  /** Reports of the workers alive now. */
  watchers(company: string): Promise<readonly WorkerReport[]>
}
