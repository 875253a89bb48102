import type { TaskEvent } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { attemptsView } from './attempts-view.ts'

const event = (type: TaskEvent['type'], attempt: number, more: Partial<TaskEvent> = {}): TaskEvent => ({
  type,
  at: 1_000 * attempt,
  run: 1,
  status: 'in_progress',
  attempt,
  worker: `w${attempt}`,
  ...more,
})
const states = (events: TaskEvent[], status: 'in_progress' | 'completed' = 'completed') =>
  attemptsView({ events, run: 1, status }).map(({ state }) => state)

describe('the attempts of a task', () => {
  it('are told by its events', () => {
    const error = { code: 'HANDLER_FAILED', message: 'no' } as const
    const events = [event('started', 1), event('retrying', 1, { error, nextAttemptAt: 5_000 }), event('started', 2)]
    expect(attemptsView({ events, run: 1, status: 'in_progress' })).toMatchObject([
      { attempt: 1, state: 'failed', error, next_attempt_at: '1970-01-01T00:00:05.000Z' },
      { attempt: 2, state: 'running', ended_at: null },
    ])
  })

  it('are lost when a later one began before they told their end', () => {
    expect(states([event('started', 1), event('started', 2), event('succeeded', 2)])).toEqual(['lost', 'succeeded'])
  })

  it('are lost, not failed, when their worker gave them back', () => {
    const error = { code: 'WORKER_SHUTDOWN', message: 'bye' } as const
    expect(states([event('started', 1), event('retrying', 1, { error })], 'in_progress')).toEqual(['lost'])
  })

  it('are known from their end alone when the report of their start never came', () => {
    const [attempt] = attemptsView({ events: [event('succeeded', 1, { startedAt: 400 })], run: 1, status: 'completed' })
    expect(attempt).toMatchObject({ started_at: '1970-01-01T00:00:00.400Z', ended_at: '1970-01-01T00:00:01.000Z' })
  })
})
