import { taskStatuses } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { errorText, wireStatus } from './wire-status.ts'

const ended = { job: 'echo', statusReason: '', error: null, result: '{}', resultKey: null }

describe('the status of a task', () => {
  it('is one of three words for any status that it can have', () => {
    const all = taskStatuses.map((status) => [status, wireStatus({ ...ended, status })])
    expect(Object.fromEntries(all)).toEqual({
      ...{ created: 'pending', queued: 'pending', in_progress: 'pending' },
      ...{ completed: 'success', published: 'success', publishing: 'success', closed: 'success' },
      ...{ failed: 'error', stopped: 'error', unknown: 'error' },
    })
  })

  it('is no success without a result, whatever was made of the task since', () => {
    for (const status of ['completed', 'published', 'closed'] as const) {
      const task = { ...ended, status, result: null }
      expect([wireStatus(task), errorText(task)]).toEqual(['error', 'the task ended without a result'])
      expect(wireStatus({ ...task, resultKey: 'results/1.json' })).toBe('success')
      expect(wireStatus({ ...task, job: null })).toBe('success')
    }
  })

  it('comes with a text for people when it is an error', () => {
    const error = { code: 'INPUT_UNREADABLE', message: 'image 1 could not be decoded' } as const
    expect(errorText({ ...ended, status: 'failed', error })).toBe('image 1 could not be decoded')
    expect(errorText({ ...ended, status: 'stopped', statusReason: 'cancelled by request' })).toBe(
      'the task was stopped: cancelled by request',
    )
    expect(errorText({ ...ended, status: 'stopped' })).toMatch(/./)
  })
})
