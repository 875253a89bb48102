import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues } from '../queues/queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

describe('workers.unregister', () => {
  it('success: the agent is gone at once', async () => {
    await bench.ok('workers.register', { worker: 'leaving' })
    expect(await bench.ok('workers.unregister', { worker: 'leaving', queues: [] })).toEqual({})
    expect((await bench.ok('workers.get_all', { worker_pattern: 'leaving' })).workers).toEqual([])
  })

  it('success: one that was never there is fine too', async () => {
    expect(await bench.ok('workers.unregister', { worker: 'nobody' })).toEqual({})
  })

  it('success: an agent of the same name of another user stays', async () => {
    const other = await bench.another()
    await other.ok('workers.register', { worker: 'shared' })
    await bench.ok('workers.unregister', { worker: 'shared' })
    expect((await bench.ok('workers.get_all', { worker_pattern: 'shared' })).workers).toHaveLength(1)
  })

  it('refusal: without a credential', async () => {
    expect(codes(await bench.call('workers.unregister', { worker: 'w' }, { headers: anonymous }))).toBe('401/20')
  })

  it('wrong input: no worker', async () => {
    expect(codes(await bench.call('workers.unregister', {}))).toBe('400/12')
  })
})
