import type { Outcome } from '@inferq/contracts'
import type { Operations, RecordedOutcome } from '@inferq/domain'
import type { Redis } from '@inferq/queue'
import { countRates, publishRecorded, type RateCount, type RateKind } from '@inferq/queue'
import type { ApiMetrics } from '../metrics.ts'

const maxOutcomesPerWrite = 2_000

export interface RecorderParts {
  operations: Operations
  redis: Redis
  metrics: ApiMetrics
}

/** Records a batch of outcomes, then tells those who wait for them. Rejects when the record could not be written. */
export const createRecorder = ({ operations, redis, metrics }: RecorderParts) => {
  return async function record(outcomes: Outcome[]): Promise<void> {
    for (let start = 0; start < outcomes.length; start += maxOutcomesPerWrite) {
      const chunk = outcomes.slice(start, start + maxOutcomesPerWrite)
      const recorded = await operations.recordOutcomes(chunk)
      measure(metrics, chunk, recorded)
      if (recorded.length > 0) await tell(redis, recorded)
    }
  }
}

/** Hints and rates: what is lost here shows a little late or a little low, and no task is the worse for it. */
async function tell(redis: Redis, recorded: readonly RecordedOutcome[]): Promise<void> {
  const hints = publishRecorded(
    redis,
    recorded.map(({ taskId }) => taskId),
  )
  await Promise.allSettled([hints, countRates(redis, ratesOf(recorded))])
}

export function ratesOf(recorded: readonly RecordedOutcome[]): RateCount[] {
  const counts = new Map<string, RateCount>()
  const add = ({ company, queue }: RecordedOutcome, kind: RateKind) => {
    const key = `${company}/${kind}/${queue}`
    const count = counts.get(key) ?? { company, queue, kind, count: 0 }
    counts.set(key, { ...count, count: count.count + 1 })
  }
  for (const outcome of recorded) {
    if (outcome.firstStart) add(outcome, 'started')
    if (outcome.status !== 'in_progress') add(outcome, 'finished')
  }
  return [...counts.values()]
}

function measure(metrics: ApiMetrics, outcomes: readonly Outcome[], recorded: readonly RecordedOutcome[]): void {
  const now = Date.now()
  for (const { at } of outcomes) metrics.recordLag.observe(Math.max(0, now - at) / 1_000)
  for (const { firstStart, status, job, queuedAt, startedAt } of recorded) {
    if (firstStart) metrics.wait.observe({ job }, Math.max(0, startedAt.getTime() - queuedAt.getTime()) / 1_000)
    if (status === 'in_progress') continue
    metrics.finished.inc({ job, status })
    metrics.run.observe({ job }, Math.max(0, now - startedAt.getTime()) / 1_000)
  }
}
