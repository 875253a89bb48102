import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

describe('queues.delete_metadata', () => {
  it('success: takes these keys away, and passes over those that are not there', async () => {
    const { id } = await bench.newQueue({ metadata: { a: { value: '1' }, b: { value: '2' } } })
    expect(await bench.ok('queues.delete_metadata', { queue: id, keys: ['a', 'c'] })).toEqual({ updated: 1 })
    const { queue } = await bench.ok('queues.get_by_id', { queue: id })
    expect(queue.metadata).toEqual({ b: { key: 'b', value: '2' } })
  })

  it('refusal: an unknown queue', async () => {
    expect(codes(await bench.call('queues.delete_metadata', { queue: unknownId, keys: ['a'] }))).toBe('400/701')
  })

  it.each([
    ['no keys', { queue: unknownId }],
    ['an empty list of keys', { queue: unknownId, keys: [] }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('queues.delete_metadata', request))).toBe('400/12')
  })
})
