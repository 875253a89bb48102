import { fired } from '@inferq/service'
import type { RunningJobs } from './running-jobs.ts'

export interface DrainOptions {
  readonly consumers: readonly { drain(): Promise<unknown> }[]
  readonly running: Pick<RunningJobs, 'ids' | 'shutDown'>
  readonly graceMs: number
  readonly forceMs: number
  /** Ends the grace time early. */
  readonly hurry: AbortSignal
  readonly log: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
}

/**
 * Takes no more jobs and lets those that run go on for the grace time. The rest is aborted and goes back to its queue;
 * what does not end within the force time is left to the workers that will recover it.
 */
export async function drain({ consumers, running, graceMs, forceMs, hurry, log }: DrainOptions): Promise<void> {
  log.info({ running: running.ids().length, graceMs }, 'draining')
  const drained = Promise.allSettled(consumers.map((consumer) => consumer.drain()))
  if (await isInTime(drained, graceMs, hurry)) return
  log.warn({ jobs: running.ids() }, 'aborting jobs')
  running.shutDown()
  if (await isInTime(drained, forceMs)) return
  log.warn({ jobs: running.ids() }, 'leaving jobs behind')
}

async function isInTime(work: Promise<unknown>, timeoutMs: number, hurry?: AbortSignal): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(() => resolve(false), timeoutMs)
  try {
    return await Promise.race([work.then(() => true), late, ...(hurry ? [fired(hurry).then(() => false)] : [])])
  } finally {
    clearTimeout(timer)
  }
}
