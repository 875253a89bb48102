import type { TaskChanges } from '../ports.ts'

/** Takes everything off a task that an earlier run left on it. */
export const withoutOutcome = {
  startedAt: null,
  completedAt: null,
  result: null,
  resultKey: null,
  error: null,
  progress: null,
  timings: null,
  worker: null,
  nextAttemptAt: null,
  expiresAt: null,
} as const satisfies TaskChanges
