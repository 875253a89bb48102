import type { Outcome } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { foldOutcomes } from './fold-outcomes.ts'

const taskId = '0'.repeat(32)
const error = { code: 'HANDLER_FAILED', message: 'no' } as const
const about = (attempt: number, run = 1) =>
  ({ v: 1, taskId, run, attempt, worker: 'w', startedAt: 10, at: 20 }) as const
const started = (attempt = 1, run = 1): Outcome => ({ kind: 'started', ...about(attempt, run) })
const progress = (fraction: number): Outcome => ({ kind: 'progress', ...about(1), progress: { fraction } })
const retrying = (attempt = 1): Outcome => ({ kind: 'retrying', ...about(attempt), error, nextAttemptAt: 99 })
const failed = (attempt = 1): Outcome => ({ kind: 'failed', ...about(attempt), error })
const succeeded = (attempt = 1): Outcome => ({
  kind: 'succeeded',
  ...about(attempt),
  timings: { preparingMs: 1, computingMs: 2 },
  result: '{}',
})
const only = (...outcomes: Outcome[]) => {
  const patches = foldOutcomes(outcomes)
  expect(patches).toHaveLength(1)
  return patches[0] as (typeof patches)[number]
}

describe('folding a batch of outcomes', () => {
  it('makes one write of a whole attempt, with every event of it', () => {
    const patch = only(started(), progress(0.5), succeeded())
    expect(patch).toMatchObject({ status: 'completed', step: 3, wins: true, result: '{}', progress: { fraction: 0.5 } })
    expect(patch.events.map(({ type }) => type)).toEqual(['started', 'succeeded'])
  })

  it('keeps runs apart, and their order', () => {
    expect(foldOutcomes([started(1, 2), started(1, 1)]).map(({ run }) => run)).toEqual([2, 1])
  })

  it('lets a success stand against whatever else the batch says', () => {
    expect(only(succeeded(1), started(2), failed(2))).toMatchObject({ status: 'completed', step: 3 })
    expect(only(started(2), failed(2), succeeded(1))).toMatchObject({ status: 'completed', wins: true })
  })

  it('lets no attempt speak after a later one has started', () => {
    expect(only(started(2), failed(1))).toMatchObject({ status: 'in_progress', step: 4 })
  })

  it('takes a repeated outcome for one', () => {
    expect(only(started(), started(), retrying(), retrying()).events.map(({ type }) => type)).toEqual([
      'started',
      'retrying',
    ])
  })

  it('shows a retry and the attempt that follows it', () => {
    const waiting = only(started(), retrying())
    expect(waiting).toMatchObject({ status: 'in_progress', step: 3, nextAttemptAt: 99, error })
    expect(only(retrying(), started(2))).toMatchObject({ step: 4, nextAttemptAt: null, error: null })
  })

  it('does not let progress alone raise the step', () => {
    expect(only(progress(0.1), progress(0.2))).toMatchObject({ step: 2, repeatable: true, progress: { fraction: 0.2 } })
  })
})
