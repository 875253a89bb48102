import { echo, JobError, maxCrashesPerRun } from '@inferq/contracts'
import { isUnreachable } from '@inferq/files'
import type { TakenJob, Verdict } from '@inferq/queue'
import { AttemptReport, type Report } from './attempt-report.ts'
import type { Handler, HandlerParts } from './define-handler.ts'
import { JsonInPieces } from './json-in-pieces.ts'
import { type Files, loadInput } from './load-input.ts'
import { createPartials, noPartials, type Partials } from './partials.ts'
import { type Decision, decide } from './retry-policy.ts'
import { type HeldJob, type RunningJobs, stopRequested } from './running-jobs.ts'
import { type Success, storeResult } from './store-result.ts'

export interface RunJobOptions extends HandlerParts {
  readonly workerId: string
  readonly handlers: readonly Handler[]
  readonly files: Files
  readonly running: RunningJobs
  /** Appends to the outcomes, in the order of the calls; resolves when they are safe. */
  readonly report: Report
  readonly isStopRequested: (job: TakenJob) => Promise<boolean>
  readonly log: RunJobLog
}

export interface RunJobLog {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

type Ending = { kind: 'success'; success: Success } | Decision

/**
 * All that happens around a handler, for every kind of job. Never rejects, and answers only when the attempt's last
 * outcome is safe in Redis, so a job that is finished in the line is one that the record will hear about.
 */
export function createRunJob({
  workerId,
  handlers,
  files,
  running,
  report,
  isStopRequested,
  log,
  ...parts
}: RunJobOptions) {
  const handlersByJob = new Map(handlers.map((handler) => [handler.job.name, handler]))

  return async function runJob(job: TakenJob, lockSignal: AbortSignal): Promise<Verdict> {
    const attempt = new AttemptReport(job, workerId, report, log)
    const handler = handlersByJob.get(job.payload.job)
    const partials = handler?.job.keepsPartials ? createPartials(files, job) : noPartials
    const held = running.hold(job, handler?.job.attemptTimeoutMs ?? 0)
    const onLockLost = () => held.abort(new JobError('LOCK_LOST', 'the job may have been given to another worker'))
    lockSignal.addEventListener('abort', onLockLost)
    if (lockSignal.aborted) onLockLost()
    try {
      const ending = await endOf(job, handler, held, attempt, partials)
      const verdict = await tell(ending, attempt)
      if (verdict.kind === 'finished' && partials !== noPartials) await drop(partials, job)
      logEnd(job, ending, attempt.startedAt)
      return verdict
    } catch (error) {
      // The reconciler will find a running task without a job, which is better than running it again for ever.
      log.error({ err: error, taskId: job.payload.taskId, attempt: job.attempt }, 'outcome could not be reported')
      return { kind: 'finished' }
    } finally {
      lockSignal.removeEventListener('abort', onLockLost)
      running.letGo(held)
    }
  }

  async function endOf(
    job: TakenJob,
    handler: Handler | undefined,
    held: HeldJob,
    attempt: AttemptReport,
    partials: Partials,
  ): Promise<Ending> {
    try {
      return { kind: 'success', success: await unlessAborted(held, perform(job, handler, held, attempt, partials)) }
    } catch (thrown) {
      return decide(errorOf(thrown, job, held), { failuresBefore: job.failuresBefore, attempts: job.payload.attempts })
    }
  }

  async function perform(
    job: TakenJob,
    handler: Handler | undefined,
    held: HeldJob,
    attempt: AttemptReport,
    partials: Partials,
  ): Promise<Success> {
    const startedAt = performance.now()
    if (job.crashes >= maxCrashesPerRun)
      throw new JobError('WORKER_CRASHED', `${job.crashes} workers died while running it`)
    // A first start cannot have missed anything: the sweep of running jobs looks at its flag within the second.
    if (job.attempt > 1 && (await isStopRequested(job).catch(() => false))) throw stopRequested()
    held.throwIfAborted()
    attempt.started()
    if (!handler) throw new JobError('INPUT_INVALID', `this worker has no handler for "${job.payload.job}"`)

    const input = await loadInput(job.payload, handler.job, files)
    const timings = { computingMs: 0 }
    const progress = (fraction: number, message?: string) => held.reason ?? attempt.progress(fraction, message)
    const context = { ...parts, partials, signal: held.signal, progress, timings }
    held.throwIfAborted()
    const result = await handler.run({ input, attempt: job.attempt }, context)
    const elapsedMs = performance.now() - startedAt
    // Nobody waits any more for a handler that did not listen; it must not leave a file behind.
    held.throwIfAborted()
    if (!(result instanceof JsonInPieces)) handler.checkResult(result, input)
    const { computingMs } = timings
    return {
      timings: { preparingMs: Math.max(0, elapsedMs - computingMs), computingMs },
      ...(await storeResult(result, job, files)),
    }
  }

  async function drop(partials: Partials, { payload: { taskId } }: TakenJob): Promise<void> {
    await partials.drop().catch((err) => log.warn({ err, taskId }, 'partial results not deleted'))
  }

  function errorOf(thrown: unknown, job: TakenJob, held: HeldJob): JobError {
    if (held.reason && thrown === held.reason) return held.reason
    const fields = { err: thrown, taskId: job.payload.taskId, attempt: job.attempt, job: job.payload.job }
    const error = isUnreachable(thrown) ? new JobError(thrown.code, thrown.message, { cause: thrown.cause }) : thrown
    // A handler cannot say that it was nobody's fault: such an attempt does not count, so it would go on for ever.
    if (error instanceof JobError && error.kind !== 'lost') {
      // The producer gets the message; the cause is for operators, and this is where they find it.
      if (error.cause !== undefined) log.warn(fields, 'attempt failed')
      return error
    }
    log.error(fields, 'handler failed unexpectedly')
    return new JobError('HANDLER_FAILED', 'the handler failed unexpectedly; the log of the worker says why')
  }

  async function tell(ending: Ending, attempt: AttemptReport): Promise<Verdict> {
    switch (ending.kind) {
      case 'success':
        await attempt.succeeded(ending.success)
        return { kind: 'finished' }
      case 'fail':
        await attempt.failed(ending.error)
        return { kind: 'finished' }
      case 'stop':
        await attempt.stopped(ending.reason)
        return { kind: 'finished' }
      case 'retry':
        await attempt.retrying(ending.error, ending.delayMs)
        return { kind: 'retry', delayMs: ending.delayMs }
      case 'release':
        await attempt.retrying(ending.error, 0)
        return { kind: 'release' }
      case 'abandon':
        // Refused if the lock is gone; if it is not after all, the job must not vanish without a word.
        return { kind: 'release' }
    }
  }

  function logEnd({ payload, attempt }: TakenJob, ending: Ending, startedAt: number): void {
    const error = 'error' in ending ? ending.error : undefined
    const fields = {
      taskId: payload.taskId,
      attempt,
      job: payload.job,
      ms: Date.now() - startedAt,
      end: ending.kind,
      traceparent: payload.traceparent,
      error,
    }
    if (payload.job === echo.name) log.debug(fields, 'attempt ended')
    else log.info(fields, 'attempt ended')
  }
}

/** Fails with the reason at once when the job is aborted: a handler that does not listen cannot hold its place. */
function unlessAborted<T>(held: HeldJob, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    held.onAbort = reject
    if (held.reason) reject(held.reason)
    work.then(resolve, reject)
  })
}
