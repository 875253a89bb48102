import type { Outcome, PhaseTimings, Progress, TaskError } from '@inferq/contracts'
import type { TakenJob } from '@inferq/queue'

export type Report = (outcome: Outcome) => Promise<void>

interface Log {
  debug(fields: object, message: string): void
  warn(fields: object, message: string): void
}

type Common = Pick<Outcome, 'v' | 'taskId' | 'run' | 'attempt' | 'worker' | 'startedAt'>

const progressIntervalMs = 200

/** What one attempt says about itself. What ends it is to be awaited; the rest goes out before that by itself. */
export class AttemptReport {
  readonly startedAt = Date.now()
  readonly #common: Common
  readonly #report: Report
  readonly #log: Log
  #nextProgressAt = 0

  constructor({ payload, attempt }: TakenJob, worker: string, report: Report, log: Log) {
    const { taskId, run } = payload
    this.#common = { v: 1, taskId, run, attempt, worker, startedAt: this.startedAt }
    this.#report = report
    this.#log = log
  }

  started(): void {
    const { taskId, attempt } = this.#common
    this.#log.debug({ taskId, attempt }, 'attempt started')
    this.#send({ ...this.#common, kind: 'started', at: this.startedAt })
  }

  /** Says nothing when it said something a moment ago: a handler may call it for every frame. */
  progress(fraction: number, message?: string): void {
    const at = Date.now()
    if (at < this.#nextProgressAt || !Number.isFinite(fraction)) return
    this.#nextProgressAt = at + progressIntervalMs
    const progress: Progress = { fraction: Math.min(1, Math.max(0, fraction)), ...(message ? { message } : {}) }
    this.#send({ ...this.#common, kind: 'progress', at, progress })
  }

  succeeded(success: { timings: PhaseTimings; result?: string; resultKey?: string }): Promise<void> {
    return this.#report({ ...this.#common, kind: 'succeeded', at: Date.now(), ...success })
  }

  failed(error: TaskError): Promise<void> {
    return this.#report({ ...this.#common, kind: 'failed', at: Date.now(), error })
  }

  stopped(reason: string): Promise<void> {
    return this.#report({ ...this.#common, kind: 'stopped', at: Date.now(), reason })
  }

  retrying(error: TaskError, delayMs: number): Promise<void> {
    const at = Date.now()
    return this.#report({ ...this.#common, kind: 'retrying', at, error, nextAttemptAt: at + delayMs })
  }

  #send(outcome: Outcome): void {
    this.#report(outcome).catch((error) => this.#log.warn({ err: error, kind: outcome.kind }, 'outcome lost'))
  }
}
