import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const item = (key: string, value: string) => ({ key, type: 'string', value })

describe('queues.add_or_update_metadata', () => {
  it('success: adds new keys, overwrites known ones, keeps the others', async () => {
    const { id } = await bench.newQueue({ metadata: { a: item('a', '1'), b: item('b', '1') } })
    const metadata = [item('b', '2'), item('c.d $', '2')]
    expect(await bench.ok('queues.add_or_update_metadata', { queue: id, metadata })).toEqual({ updated: 1 })
    const { queue } = await bench.ok('queues.get_by_id', { queue: id })
    expect(queue.metadata).toEqual({ a: item('a', '1'), b: item('b', '2'), 'c.d $': item('c.d $', '2') })
  })

  it('success: replace_metadata keeps nothing else, and last_update stays', async () => {
    const { id } = await bench.newQueue({ metadata: { a: item('a', '1') } })
    const before = (await bench.ok('queues.get_by_id', { queue: id })).queue
    await bench.ok('queues.add_or_update_metadata', { queue: id, metadata: [item('b', '2')], replace_metadata: true })
    const { queue } = await bench.ok('queues.get_by_id', { queue: id })
    expect(queue).toEqual({ ...before, metadata: { b: item('b', '2') } })
  })

  it('refusal: an unknown queue', async () => {
    const request = { queue: unknownId, metadata: [item('a', '1')] }
    expect(codes(await bench.call('queues.add_or_update_metadata', request))).toBe('400/701')
  })

  it.each([
    ['no metadata', { queue: unknownId }],
    ['an empty list', { queue: unknownId, metadata: [] }],
    ['an item without a key', { queue: unknownId, metadata: [{ value: 'x' }] }],
    ['a value that is no text', { queue: unknownId, metadata: [{ key: 'a', value: 1 }] }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('queues.add_or_update_metadata', request))).toBe('400/12')
  })
})
