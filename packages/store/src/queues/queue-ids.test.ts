import { afterEach, expect, it, vi } from 'vitest'
import { QueueIds, queueKey } from './queue-ids.ts'

afterEach(() => void vi.useRealTimers())

it('ids are looked up again after a while, so a rename by another process is noticed', () => {
  vi.useFakeTimers()
  const queueIds = new QueueIds(10)
  const ref = { company: 'a', queue: 'b' }
  queueIds.forget()
  queueIds.remember({ ids: new Map([[queueKey(ref), 'id']]), answer: null })
  vi.advanceTimersByTime(1_500)
  expect(queueIds.known([ref])?.get('a/b')).toBe('id')
  vi.advanceTimersByTime(1_000)
  expect(queueIds.known([ref])).toBeNull()
})
