import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const nowSeconds = () => Date.now() / 1_000
const lastHour = () => ({ from_date: nowSeconds() - 3_600, to_date: nowSeconds() + 60, interval: 600 })

describe('queues.get_queue_metrics', () => {
  it.each([
    ['an agents’ task', () => bench.agentsTask()],
    ['a native task', () => bench.nativeTask()],
  ])('success: %s that enters a queue leaves a sample, in milliseconds', async (_kind, make) => {
    const { id } = await bench.newQueue()
    await bench.ok('queues.add_task', { queue: id, task: await make() })
    const { queues } = await bench.ok('queues.get_queue_metrics', { ...lastHour(), queue_ids: [id] })
    expect(queues).toEqual([
      {
        queue: id,
        dates: [expect.any(Number)],
        avg_waiting_times: [expect.any(Number)],
        queue_lengths: [1],
      },
    ])
    expect(queues[0].dates[0]).toBeGreaterThan(1e12)
  })

  it('success: each interval shows the sample with the longest wait, from an hour before the range', async () => {
    const { id } = await bench.newQueue()
    const from = Math.floor(nowSeconds()) - 7_200
    const samples = [
      [from - 3_000, 7, 1],
      [from + 10, 1, 9],
      [from + 20, 5, 2],
      [from + 700, 3, 4],
    ].map(([at = 0, averageWaitSeconds = 0, entries = 0]) => ({
      ...{ queueId: id, at: new Date(at * 1_000), averageWaitSeconds, entries },
    }))
    await bench.services.samples.addQueueSamples(samples)
    const request = { from_date: from, to_date: from + 1_200, interval: 600, queue_ids: [id] }
    const { queues } = await bench.ok('queues.get_queue_metrics', request)
    expect(queues).toEqual([
      {
        queue: id,
        dates: [from - 3_000, from, from + 600].map((at) => at * 1_000),
        avg_waiting_times: [7, 5, 3],
        queue_lengths: [1, 2, 4],
      },
    ])
  })

  it('success: without ids there is one row, named total, of the worst queue of each interval', async () => {
    const other = await startQueues()
    const [one, two] = [await other.newQueue(), await other.newQueue()]
    const at = new Date(Date.now() - 60_000)
    await other.services.samples.addQueueSamples([
      { queueId: one.id, at, averageWaitSeconds: 2, entries: 1 },
      { queueId: two.id, at, averageWaitSeconds: 8, entries: 3 },
    ])
    const { queues } = await other.ok('queues.get_queue_metrics', lastHour())
    expect(queues).toMatchObject([{ queue: 'total', avg_waiting_times: [8], queue_lengths: [3] }])
  })

  it('success: refresh takes a sample now', async () => {
    const { id } = await bench.newQueue()
    const request = { ...lastHour(), queue_ids: [id] }
    const before = await bench.ok('queues.get_queue_metrics', request)
    expect(before.queues).toEqual([{ queue: id, dates: [], avg_waiting_times: [], queue_lengths: [] }])
    const after = await bench.ok('queues.get_queue_metrics', { ...request, refresh: true })
    expect(after.queues[0].queue_lengths).toEqual([0])
  })

  it('refusal: an unknown queue', async () => {
    const request = { ...lastHour(), queue_ids: [unknownId] }
    expect(codes(await bench.call('queues.get_queue_metrics', request))).toBe('400/701')
  })

  it.each([
    ['a range that ends before it begins', { from_date: 20, to_date: 10, interval: 1 }, '400/16'],
    ['a range of nothing', { from_date: 10, to_date: 10, interval: 1 }, '400/16'],
    ['no interval', { from_date: 10, to_date: 20 }, '400/12'],
    ['an interval of nothing', { from_date: 10, to_date: 20, interval: 0 }, '400/12'],
    ['more intervals than can be shown', { from_date: 0, to_date: 1e9, interval: 1 }, '400/12'],
    ['a date that is text', { from_date: '10', to_date: 20, interval: 1 }, '400/12'],
    ['a date that there is not', { from_date: 10, to_date: 1e300, interval: 1 }, '400/12'],
  ])('wrong input: %s', async (_, request, code) => {
    expect(codes(await bench.call('queues.get_queue_metrics', request))).toBe(code)
  })
})
