import { JobError } from '@inferq/contracts'
import type { TakenJob } from '@inferq/queue'

type Log = { warn(fields: object, message: string): void }

export interface RunningJobsOptions {
  /** Which of these jobs of one queue are asked to stop. */
  readStopFlags: (ref: TakenJob['ref'], jobIds: readonly string[]) => Promise<readonly string[]>
  log: Log
  /** How late a timeout, or a stop whose hint was lost, may be noticed. */
  sweepIntervalMs?: number
}

export type RunningJobs = ReturnType<typeof createRunningJobs>

/** The jobs that this process holds, and the one place from which they are aborted. */
export function createRunningJobs({ readStopFlags, log, sweepIntervalMs = 1_000 }: RunningJobsOptions) {
  const held = new Set<HeldJob>()
  let isReading = false
  let shutdown: JobError | undefined

  async function followStopFlags(): Promise<void> {
    if (isReading) return
    isReading = true
    try {
      const jobs = [...held].map(({ job }) => job)
      for (const group of Map.groupBy(jobs, ({ ref }) => `${ref.company}/${ref.queue}`).values()) {
        const ref = (group[0] as TakenJob).ref
        const flagged = await readStopFlags(
          ref,
          group.map(({ jobId }) => jobId),
        )
        for (const jobId of flagged) stop(jobId)
      }
    } catch (error) {
      log.warn({ err: error }, 'stop flags not read')
    } finally {
      isReading = false
    }
  }

  /** One timer for all jobs: a timer each would cost more than a short job does. */
  const timer = setInterval(() => {
    const now = performance.now()
    for (const job of held) if (now >= job.endsAt) job.abort(timedOut(job.timeoutMs))
    if (held.size > 0) void followStopFlags()
  }, sweepIntervalMs)
  timer.unref()

  function stop(jobId: string): void {
    for (const one of held) if (one.job.jobId === jobId) one.abort(stopRequested())
  }

  return {
    /** The job is aborted after `timeoutMs` unless it is let go before. */
    hold(job: TakenJob, timeoutMs: number): HeldJob {
      const one = new HeldJob(job, timeoutMs)
      held.add(one)
      if (shutdown) one.abort(shutdown)
      return one
    },
    letGo: (job: HeldJob) => void held.delete(job),
    /** Aborts the job if it is here: hints go to all workers. */
    stop,
    /** Aborts all jobs, and from now on every new one. */
    shutDown() {
      shutdown = new JobError('WORKER_SHUTDOWN', 'the worker was shut down')
      for (const job of held) job.abort(shutdown)
    },
    ids: (): string[] => Array.from(held, ({ job }) => job.jobId),
    close: () => clearInterval(timer),
  }
}

export const stopRequested = () => new JobError('CANCELLED', 'a stop was requested')
const timedOut = (timeoutMs: number) =>
  new JobError('ATTEMPT_TIMED_OUT', `the attempt took longer than ${timeoutMs / 1_000} s`)

/** One attempt while it runs. */
export class HeldJob {
  readonly job: TakenJob
  readonly timeoutMs: number
  readonly endsAt: number
  /** Why it was aborted: the first reason counts. */
  reason: JobError | undefined
  /** Called once, with the reason, when it is aborted. */
  onAbort: ((reason: JobError) => void) | undefined
  readonly #controller = new AbortController()

  constructor(job: TakenJob, timeoutMs: number) {
    this.job = job
    this.timeoutMs = timeoutMs
    this.endsAt = performance.now() + timeoutMs
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  throwIfAborted(): void {
    if (this.reason) throw this.reason
  }

  abort(reason: JobError): void {
    if (this.reason) return
    this.reason = reason
    this.#controller.abort(reason)
    this.onAbort?.(reason)
  }
}
