import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

describe('queues.get_default', () => {
  it('success: a fresh company has one, named default', async () => {
    expect(await bench.ok('queues.get_default')).toEqual({ id: expect.any(String), name: 'default' })
  })

  it('refusal: none is left once the tag is taken from it', async () => {
    const { id } = await bench.ok('queues.get_default')
    await bench.ok('queues.update', { queue: id, system_tags: [] })
    expect(codes(await bench.call('queues.get_default'))).toBe('400/707')
    await bench.ok('queues.update', { queue: id, system_tags: ['default'] })
    expect((await bench.ok('queues.get_default')).id).toBe(id)
  })

  it('wrong input: no credential', async () => {
    expect(codes(await bench.call('queues.get_default', {}, { headers: anonymous }))).toBe('401/20')
  })
})
