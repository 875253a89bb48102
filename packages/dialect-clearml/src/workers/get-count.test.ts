import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues } from '../queues/queues.fixture.ts'
import { reportNative } from './workers.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

describe('workers.get_count', () => {
  it('success: counts agents and native workers, all or those that fit', async () => {
    await bench.ok('workers.register', { worker: 'a1', tags: ['x'] })
    await bench.ok('workers.register', { worker: 'a2' })
    await reportNative(bench.company, { id: 'n1' })
    expect(await bench.ok('workers.get_count')).toEqual({ count: 3 })
    expect(await bench.ok('workers.get_count', { worker_pattern: 'a?' })).toEqual({ count: 2 })
    expect(await bench.ok('workers.get_count', { tags: ['x'], last_seen: 60 })).toEqual({ count: 1 })
  })

  it('success: who has been silent for long counts unless last_seen says otherwise', async () => {
    const other = await startQueues()
    await other.ok('workers.register', { worker: 'silent', timeout: 100_000 })
    const agent = await other.services.agents.find(other.company, other.user.id, 'silent')
    if (!agent) throw new Error('not registered')
    await other.services.agents.put({ ...agent, lastActivityAt: new Date(Date.now() - 7_200_000) })
    expect(await other.ok('workers.get_count')).toEqual({ count: 1 })
    expect(await other.ok('workers.get_count', { last_seen: 3_600 })).toEqual({ count: 0 })
  })

  it('refusal: without a credential', async () => {
    expect(codes(await bench.call('workers.get_count', {}, { headers: anonymous }))).toBe('401/20')
  })

  it('wrong input: system tags that are no list', async () => {
    expect(codes(await bench.call('workers.get_count', { system_tags: 'x' }))).toBe('400/12')
  })
})
