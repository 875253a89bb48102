import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues } from '../queues/queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const from_date = 1_700_000_000
const range = { from_date, to_date: from_date + 150, interval: 60 }

describe('workers.get_activity_report', () => {
  it('success: counts each worker once per interval, and apart those with a task', async () => {
    const task = await bench.agentsTask()
    for (const [worker, after, more] of [
      ['one', 5, { task }],
      ['one', 35, { task }],
      ['two', 40, {}],
      ['one', 130, {}],
    ] as const) {
      const timestamp = (from_date + after) * 1_000
      await bench.ok('workers.status_report', {
        worker,
        timestamp,
        machine_stats: { memory_used: 1, cpu_usage: [1] },
        ...more,
      })
    }
    const dates = [0, 60, 120].map((at) => (from_date + at) * 1_000)
    expect(await bench.ok('workers.get_activity_report', range)).toEqual({
      total: { dates, counts: [2, 0, 1] },
      active: { dates, counts: [1, 0, 0] },
    })
  })

  it('refusal: another company sees nobody, and nobody sees without a credential', async () => {
    const other = await bench.another({ company: 'new' })
    expect((await other.ok('workers.get_activity_report', range)).total.counts).toEqual([0, 0, 0])
    expect(codes(await bench.call('workers.get_activity_report', range, { headers: anonymous }))).toBe('401/20')
  })

  it.each([
    ['no interval', { interval: null }, '400/12'],
    ['a date that is text', { from_date: '1' }, '400/12'],
    ['a range that ends before it begins', { to_date: 1 }, '400/16'],
  ])('wrong input: %s', async (_, request, code) => {
    expect(codes(await bench.call('workers.get_activity_report', { ...range, ...request }))).toBe(code)
  })
})
