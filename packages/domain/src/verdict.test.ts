import { taskStatuses } from '@inferq/contracts'
import { describe, expect, it } from 'vitest'
import { failureText, statusesOf, verdictOf } from './verdict.ts'

const ended = { job: 'echo', statusReason: '', error: null, result: '{}', resultKey: null }

describe('the verdict on a task', () => {
  it('is one of three words for any status that it can have', () => {
    const all = taskStatuses.map((status) => [status, verdictOf({ ...ended, status })])
    expect(Object.fromEntries(all)).toEqual({
      ...{ created: 'pending', queued: 'pending', in_progress: 'pending' },
      ...{ completed: 'success', published: 'success', publishing: 'success', closed: 'success' },
      ...{ failed: 'error', stopped: 'error', unknown: 'error' },
    })
  })

  it('is no success without a result, whatever was made of the task since', () => {
    for (const status of ['completed', 'published', 'closed'] as const) {
      const task = { ...ended, status, result: null }
      expect([verdictOf(task), failureText(task)]).toEqual(['error', 'the task ended without a result'])
      expect(verdictOf({ ...task, resultKey: 'results/1.json' })).toBe('success')
      expect(verdictOf({ ...task, job: null })).toBe('success')
    }
  })

  it('comes with a text for people when it is an error', () => {
    const error = { code: 'INPUT_UNREADABLE', message: 'image 1 could not be decoded' } as const
    expect(failureText({ ...ended, status: 'failed', error })).toBe('image 1 could not be decoded')
    expect(failureText({ ...ended, status: 'stopped', statusReason: 'cancelled by request' })).toBe(
      'the task was stopped: cancelled by request',
    )
    expect(failureText({ ...ended, status: 'stopped' })).toMatch(/./)
  })
})

describe('the statuses of a verdict', () => {
  it('are each of one verdict, and all of them together', () => {
    const all = (['pending', 'success', 'error'] as const).map(statusesOf)
    expect(all).toEqual([
      ['created', 'queued', 'in_progress'],
      ['completed', 'closed', 'publishing', 'published'],
      ['unknown', 'failed', 'stopped'],
    ])
    expect(all.flat().toSorted()).toEqual([...taskStatuses].toSorted())
  })
})
