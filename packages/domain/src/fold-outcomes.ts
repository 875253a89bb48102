import { jobIdOf, type Outcome } from '@inferq/contracts'
import type { OutcomePatch } from './ports.ts'
import type { TaskEvent } from './task.ts'

/**
 * Folds a batch of outcomes, in the order they came, into one patch per run. A short job's `started` and `succeeded`
 * usually share a batch, and then cost one write.
 */
export function foldOutcomes(outcomes: readonly Outcome[]): OutcomePatch[] {
  const patches = new Map<string, OutcomePatch>()
  for (const outcome of outcomes) {
    const key = jobIdOf(outcome.taskId, outcome.run)
    const before = patches.get(key)
    const patch = patchOf(outcome)
    patches.set(key, before ? merge(before, patch) : patch)
  }
  return [...patches.values()]
}

function merge(before: OutcomePatch, next: OutcomePatch): OutcomePatch {
  if (before.wins) return before
  if (!next.wins && next.step < before.step) return before
  // A repeat of what this batch said already; only fresh progress is worth keeping.
  if (!next.wins && next.step === before.step) return next.repeatable ? { ...before, progress: next.progress } : before
  return {
    ...next,
    progress: next.progress ?? before.progress,
    events: [...before.events, ...next.events],
  }
}

function patchOf(outcome: Outcome): OutcomePatch {
  const patch: OutcomePatch = {
    taskId: outcome.taskId,
    run: outcome.run,
    step: outcome.attempt * 2,
    repeatable: false,
    wins: false,
    status: 'in_progress',
    statusReason: '',
    worker: outcome.worker,
    startedAt: outcome.startedAt,
    progress: null,
    error: null,
    nextAttemptAt: null,
    result: null,
    resultKey: null,
    timings: null,
    events: [],
  }
  const ended = { ...patch, step: outcome.attempt * 2 + 1 }
  switch (outcome.kind) {
    case 'started':
      return { ...patch, events: [eventOf(outcome, 'started', 'in_progress')] }
    case 'progress':
      return { ...patch, repeatable: true, progress: outcome.progress }
    case 'retrying': {
      const { error, nextAttemptAt } = outcome
      const events = [eventOf(outcome, 'retrying', 'in_progress', { error, nextAttemptAt })]
      return { ...ended, statusReason: error.message, error, nextAttemptAt, events }
    }
    case 'succeeded': {
      const { timings, result = null, resultKey = null } = outcome
      const events = [eventOf(outcome, 'succeeded', 'completed')]
      return { ...ended, wins: true, status: 'completed', timings, result, resultKey, events }
    }
    case 'failed': {
      const { error } = outcome
      const events = [eventOf(outcome, 'failed', 'failed', { error })]
      return { ...ended, status: 'failed', statusReason: error.message, error, events }
    }
    case 'stopped': {
      const { reason } = outcome
      const events = [eventOf(outcome, 'stopped', 'stopped', { reason })]
      return { ...ended, status: 'stopped', statusReason: reason, events }
    }
  }
}

function eventOf(
  { at, run, attempt, worker, startedAt }: Outcome,
  type: TaskEvent['type'],
  status: TaskEvent['status'],
  more: Partial<TaskEvent> = {},
): TaskEvent {
  return { type, at, run, status, attempt, worker, ...(type === 'started' ? {} : { startedAt }), ...more }
}
