import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues } from '../queues/queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const from_date = 1_700_000_000
const range = { from_date, to_date: from_date + 300, interval: 60 }
const dates = [0, 60, 120, 180, 240].map((at) => (from_date + at) * 1_000)

const report = (worker: string, after: number, machine_stats: object) =>
  bench.ok('workers.status_report', { worker, timestamp: (from_date + after) * 1_000, machine_stats })

beforeAll(async () => {
  await report('one', 5, { cpu_usage: [10, 30], memory_free: 4 })
  await report('one', 50, { cpu_usage: [20, 60] })
  await report('one', 130, { cpu_usage: [8] })
  await report('two', 10, { cpu_usage: [1] })
})

const stats = async (more: object) => (await bench.ok('workers.get_stats', { ...range, ...more })).workers

describe('workers.get_stats', () => {
  it('success: per worker and metric, averages unless it says otherwise; an interval without a report is 0', async () => {
    expect(await stats({ items: [{ key: 'cpu_usage' }] })).toEqual([
      {
        worker: 'one',
        metrics: [{ metric: 'cpu_usage', dates, stats: [{ aggregation: 'avg', values: [30, 0, 8, 0, 0] }] }],
      },
      {
        worker: 'two',
        metrics: [{ metric: 'cpu_usage', dates, stats: [{ aggregation: 'avg', values: [1, 0, 0, 0, 0] }] }],
      },
    ])
  })

  it('success: several metrics and aggregations of some workers', async () => {
    const items = [
      { key: 'cpu_usage', aggregation: 'min' },
      { key: 'cpu_usage', aggregation: 'max' },
      { key: 'memory_free', category: 'max' },
    ]
    expect(await stats({ items, worker_ids: ['one'] })).toEqual([
      {
        worker: 'one',
        metrics: [
          {
            metric: 'cpu_usage',
            dates,
            stats: [
              { aggregation: 'min', values: [10, 0, 8, 0, 0] },
              { aggregation: 'max', values: [60, 0, 8, 0, 0] },
            ],
          },
          { metric: 'memory_free', dates, stats: [{ aggregation: 'max', values: [4, 0, 0, 0, 0] }] },
        ],
      },
    ])
  })

  it('success: split_by_variant tells the devices apart', async () => {
    const [one] = await stats({ items: [{ key: 'cpu_usage' }], worker_ids: ['one'], split_by_variant: true })
    expect(one.metrics.map(({ variant, stats }: { variant: string; stats: unknown }) => [variant, stats])).toEqual([
      ['0', [{ aggregation: 'avg', values: [15, 0, 8, 0, 0] }]],
      ['1', [{ aggregation: 'avg', values: [45, 0, 0, 0, 0] }]],
    ])
  })

  it('success: no interval is shorter than 40 s, and one that is not over is left out', async () => {
    const items = [{ key: 'cpu_usage' }]
    const [one] = await stats({ items, worker_ids: ['one'], interval: 1, to_date: from_date + 100 })
    expect(one.metrics[0].dates).toEqual([from_date * 1_000, (from_date + 40) * 1_000])
    expect(one.metrics[0].stats[0].values).toEqual([20, 40])
  })

  it('refusal: another company has no part in it, and nobody without a credential', async () => {
    const other = await bench.another({ company: 'new' })
    const request = { ...range, items: [{ key: 'cpu_usage' }] }
    expect(await other.ok('workers.get_stats', request)).toEqual({ workers: [] })
    expect(codes(await bench.call('workers.get_stats', request, { headers: anonymous }))).toBe('401/20')
  })

  it.each([
    ['no items', {}, '400/12'],
    ['an empty list of items', { items: [] }, '400/12'],
    ['an item without a key', { items: [{}] }, '400/12'],
    ['an aggregation that there is not', { items: [{ key: 'cpu_usage', aggregation: 'sum' }] }, '400/12'],
    ['an interval of nothing', { items: [{ key: 'cpu_usage' }], interval: 0 }, '400/12'],
    ['a date that is text', { items: [{ key: 'cpu_usage' }], to_date: 'now' }, '400/12'],
    ['a range that ends before it begins', { items: [{ key: 'cpu_usage' }], to_date: 1 }, '400/16'],
  ])('wrong input: %s', async (_, request, code) => {
    expect(codes(await bench.call('workers.get_stats', { ...range, ...request }))).toBe(code)
  })
})
