import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

describe('queues.get_num_entries', () => {
  it('success: counts both lines', async () => {
    const { id } = await bench.newQueue()
    expect(await bench.ok('queues.get_num_entries', { queue: id })).toEqual({ num: 0 })
    await bench.waiting(id, 2, 3)
    expect(await bench.ok('queues.get_num_entries', { queue: id })).toEqual({ num: 5 })
  })

  it('refusal: an unknown queue', async () => {
    expect(codes(await bench.call('queues.get_num_entries', { queue: unknownId }))).toBe('400/701')
  })

  it('wrong input: a queue that is no text', async () => {
    expect(codes(await bench.call('queues.get_num_entries', { queue: 1 }))).toBe('400/12')
  })
})
