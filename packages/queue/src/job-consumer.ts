import { JobPayload } from '@inferq/contracts'
import type { QueueRef } from '@inferq/domain'
import { type Job, UnrecoverableError, WaitingError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { quietly, type RedisLog } from './connection.ts'
import { bullPrefix, lineName } from './keys.ts'

/** A job that this process holds. */
export interface TakenJob {
  jobId: string
  ref: QueueRef
  payload: JobPayload
  /** Which start of the run this is, over all workers, from 1. */
  attempt: number
  /** Attempts of this run that failed and counted. */
  failuresBefore: number
  /** Workers that died while they held this job. */
  crashes: number
}

/** What becomes of the job; the outcome has been reported before. */
export type Verdict =
  | { kind: 'finished' }
  | { kind: 'retry'; delayMs: number }
  /** Back to the line at once, without counting. */
  | { kind: 'release' }

export interface JobConsumerOptions {
  redis: Redis
  ref: QueueRef
  concurrency: number
  /** Never rejects. `signal` aborts with 'lock-lost' when the job may have been given to another worker. */
  run: (job: TakenJob, signal: AbortSignal) => Promise<Verdict>
  log: RedisLog
  /** How long a job stays with a worker that says nothing any more. */
  lockDurationMs?: number
  /** How often a queue is searched for such jobs. */
  stalledCheckMs?: number
}

/**
 * A killed worker's job is given out again after at most the sum of these two: its lock runs out, and the next check
 * finds it so. Together they stay under the 15 s that we promise.
 */
const usualLockDurationMs = 8_000
const usualStalledCheckMs = 3_000
/** After Redis was away: how soon to try again. BullMQ's own default of 15 s would add to every recovery. */
const reconnectDelayMs = 500
/**
 * How long an idle worker waits for a hint before it looks for itself. BullMQ gives no hint of a job that was released,
 * and its own default of 5 s would make that job wait so long.
 */
const idleLookSeconds = 1
/** Crashes are counted by our own rule (`maxCrashesPerRun`), which tells the producer what happened. */
const maxStalledCount = 1_000_000

/** Takes jobs off one queue, `concurrency` at a time, and does with each what the verdict says. */
export function consumeJobs(options: JobConsumerOptions) {
  const { redis, ref, concurrency, run, log } = options
  const worker = new Worker(lineName(ref), process, {
    connection: redis,
    prefix: bullPrefix,
    concurrency,
    autorun: false,
    skipVersionCheck: true,
    lockDuration: options.lockDurationMs ?? usualLockDurationMs,
    stalledInterval: options.stalledCheckMs ?? usualStalledCheckMs,
    maxStalledCount,
    runRetryDelay: reconnectDelayMs,
    drainDelay: idleLookSeconds,
    settings: { backoffStrategy: (_made, _type, error) => (error instanceof RetryLater ? error.delayMs : 0) },
  })
  worker.on('error', quietly(log, 'worker'))
  // BullMQ lets the processor run on when its lock is lost; another worker may have the job by now.
  worker.on('lockRenewalFailed', (jobIds: string[]) => {
    for (const jobId of jobIds) worker.cancelJob(jobId, 'lock-lost')
  })

  async function process(job: Job, token?: string, signal?: AbortSignal): Promise<void> {
    const verdict = await run(takenJobOf(job, ref), signal as AbortSignal)
    if (verdict.kind === 'retry') throw new RetryLater(verdict.delayMs)
    if (verdict.kind === 'release') {
      await job.moveToWait(token)
      throw new WaitingError()
    }
  }

  return {
    start: () => void worker.run(),
    /** Takes no more jobs; resolves when those it holds are done. */
    drain: () => worker.pause(),
    /** Ends at once; what it still holds is recovered by others when its lock runs out. */
    close: () => worker.close(true),
  }
}

function takenJobOf(job: Job, ref: QueueRef): TakenJob {
  const parsed = JobPayload.safeParse(job.data)
  // Nothing of ours adds such a job; without a payload there is not even a task to report to.
  if (!parsed.success) throw new UnrecoverableError('unreadable payload')
  return {
    jobId: job.id as string,
    ref,
    payload: parsed.data,
    attempt: parsed.data.attemptsBefore + job.attemptsStarted,
    failuresBefore: job.attemptsMade,
    crashes: job.stalledCounter,
  }
}

class RetryLater extends Error {
  override readonly name = 'RetryLater'
  readonly delayMs: number
  constructor(delayMs: number) {
    super('the next attempt comes later')
    this.delayMs = delayMs
  }
}
