import { until } from '@inferq/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { reportNative } from '../workers/workers.fixture.ts'
import { isWatched } from './is-watched.ts'
import { type QueueBench, startQueues } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const watched = (queue: { id: string; name: string }) => isWatched(bench.services, bench.company, queue)

describe('a queue is watched', () => {
  it('while an agent is registered that lists it, and no longer', async () => {
    const [queue, other] = [await bench.newQueue(), await bench.newQueue()]
    expect(await watched(queue)).toBe(false)
    await bench.ok('workers.register', { worker: 'w1', queues: [queue.id], timeout: 1 })
    expect([await watched(queue), await watched(other)]).toEqual([true, false])
    await until(async () => !(await watched(queue)), { what: 'the registration to expire' })
  })

  it('while a native worker takes from it', async () => {
    const queue = await bench.newQueue()
    await reportNative(bench.company, { id: 'native', queues: [queue.name] })
    expect(await watched(queue)).toBe(true)
  })

  it('not by an agent of another company', async () => {
    const queue = await bench.newQueue()
    const other = await startQueues()
    await other.ok('workers.status_report', { worker: 'w1', timestamp: Date.now(), queues: [queue.id] })
    expect(await watched(queue)).toBe(false)
  })
})
