import { JobError, type JobErrorCode, jobErrorCodes, jobErrorKinds } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { backoffs, decide } from './retry-policy.ts'

const never = () => 0
const decideOn = (code: JobErrorCode, failuresBefore = 0, attempts = 3) =>
  decide(new JobError(code, 'because'), { failuresBefore, attempts }, never)
const ofKind = (kind: string) => jobErrorCodes.filter((code) => jobErrorKinds[code] === kind)

describe('the retry policy', () => {
  it.each(ofKind('permanent'))('ends the run at once after %s', (code) => {
    expect(decideOn(code)).toEqual({ kind: 'fail', error: { code, message: 'because' } })
  })

  it.each(ofKind('transient'))('tries again after %s while attempts are left, and then fails', (code) => {
    const error = { code, message: 'because' }
    expect(decideOn(code, 0, 3)).toMatchObject({ kind: 'retry', error })
    expect(decideOn(code, 1, 3)).toMatchObject({ kind: 'retry', error })
    expect(decideOn(code, 2, 3)).toEqual({ kind: 'fail', error })
    expect(decideOn(code, 0, 1)).toEqual({ kind: 'fail', error })
  })

  it('ends a cancelled run as stopped', () => {
    expect(decideOn('CANCELLED', 2, 3)).toEqual({ kind: 'stop', reason: 'because' })
  })

  it('releases a job at shutdown, even on its last attempt', () => {
    const error = { code: 'WORKER_SHUTDOWN', message: 'because' }
    expect(decideOn('WORKER_SHUTDOWN', 2, 3)).toEqual({ kind: 'release', error })
  })

  it('says nothing about a job that may be another worker’s by now', () => {
    expect(decideOn('LOCK_LOST')).toEqual({ kind: 'abandon' })
  })

  it.each([
    ['INPUT_UNREACHABLE', [2_000, 6_000, 18_000, 54_000, 60_000, 60_000]],
    ['ENGINE_UNAVAILABLE', [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]],
    ['HANDLER_FAILED', [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]],
    ['ATTEMPT_TIMED_OUT', [5_000, 5_000, 5_000]],
  ] as const)('waits after %s for %j ms', (code, waits) => {
    const decisions = waits.map((_, failuresBefore) => decideOn(code, failuresBefore, 25))
    expect(decisions.map((decision) => 'delayMs' in decision && decision.delayMs)).toEqual(waits)
  })

  it('leaves part of the wait to chance where many fail together', () => {
    const error = new JobError('ENGINE_UNAVAILABLE', 'away')
    const soonest = decide(error, { failuresBefore: 2, attempts: 9 }, () => 0.999)
    expect(soonest).toMatchObject({ delayMs: expect.closeTo(4_000 * (1 - backoffs.ENGINE_UNAVAILABLE.jitter), -1) })
  })

  it('waits as long as a server asked for, within bounds', () => {
    const delayOf = (retryAfterMs: number) =>
      decide(new JobError('ENGINE_UNAVAILABLE', 'busy', { retryAfterMs }), { failuresBefore: 0, attempts: 3 })
    expect(delayOf(7_000)).toMatchObject({ delayMs: 7_000 })
    expect(delayOf(-5)).toMatchObject({ delayMs: 0 })
    expect(delayOf(24 * 3_600_000)).toMatchObject({ delayMs: 15 * 60_000 })
  })
})
