import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues } from '../queues/queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

describe('workers.get_runtime_properties', () => {
  it('success: what was set, also by another user of the company', async () => {
    await bench.ok('workers.register', { worker: 'w1' })
    const other = await bench.another()
    const runtime_properties = [{ key: 'force', value: 'none' }]
    await other.ok('workers.set_runtime_properties', { worker: 'w1', runtime_properties })
    expect(await bench.ok('workers.get_runtime_properties', { worker: 'w1' })).toEqual({ runtime_properties })
  })

  it('success: an empty list while nothing is set, and for a worker that is not registered', async () => {
    await bench.ok('workers.register', { worker: 'w2' })
    for (const worker of ['w2', 'nobody']) {
      expect(await bench.ok('workers.get_runtime_properties', { worker })).toEqual({ runtime_properties: [] })
    }
  })

  it('refusal: without a credential', async () => {
    const answer = await bench.call('workers.get_runtime_properties', { worker: 'w' }, { headers: anonymous })
    expect(codes(answer)).toBe('401/20')
  })

  it('wrong input: no worker', async () => {
    expect(codes(await bench.call('workers.get_runtime_properties', {}))).toBe('400/12')
  })
})
