import { DomainError } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { ApiError } from '../errors/api-error.ts'
import { runBatch } from './batch.ts'

describe('a batch', () => {
  it('goes on after a refusal, in the order asked, and does the same id as often as it is named', async () => {
    const done: string[] = []
    const answer = await runBatch(['a', 'x', 'a', 'y'], async (id) => {
      done.push(id)
      if (id === 'x') throw new ApiError('invalidTaskId', '', { id, company: 'c' })
      if (id === 'y') throw new DomainError('TASK_TRANSITION_FORBIDDEN', 'not now')
      return { updated: done.length }
    })
    expect(done).toEqual(['a', 'x', 'a', 'y'])
    expect(answer).toEqual({
      succeeded: [
        { id: 'a', updated: 1 },
        { id: 'a', updated: 3 },
      ],
      failed: [
        {
          id: 'x',
          error: { codes: [400, 101], msg: 'Invalid task id: id=x, company=c', data: { id: 'x', company: 'c' } },
        },
        { id: 'y', error: { codes: [400, 110], msg: 'Invalid task status (not now)', data: { id: 'y' } } },
      ],
    })
  })

  it('fails as a whole on what nobody foresaw', async () => {
    const fault = runBatch(['a'], () => Promise.reject(new TypeError('no such thing')))
    await expect(fault).rejects.toThrow('no such thing')
    const away = runBatch(['a'], () => Promise.reject(new DomainError('STORE_UNREACHABLE', 'away')))
    await expect(away).rejects.toThrow('away')
  })
})
