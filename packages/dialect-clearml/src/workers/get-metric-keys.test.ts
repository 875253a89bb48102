import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues } from '../queues/queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const report = (worker: string, machine_stats: object) =>
  bench.ok('workers.status_report', { worker, timestamp: Date.now(), machine_stats })

describe('workers.get_metric_keys', () => {
  it('success: what is measured, by category, of all workers or of some', async () => {
    await report('one', { cpu_usage: [1], cpu_temperature: [2], memory_free: 3 })
    await report('two', { gpu_usage: [4], network_rx: 5, disk_free_home: 6 })
    expect((await bench.ok('workers.get_metric_keys')).categories).toEqual([
      { name: 'cpu', metric_keys: ['cpu_temperature', 'cpu_usage'] },
      { name: 'disk', metric_keys: ['disk_free_home'] },
      { name: 'gpu', metric_keys: ['gpu_usage'] },
      { name: 'memory', metric_keys: ['memory_free'] },
      { name: 'network', metric_keys: ['network_rx'] },
    ])
    const { categories } = await bench.ok('workers.get_metric_keys', { worker_ids: ['two'] })
    expect(categories.map(({ name }: { name: string }) => name)).toEqual(['disk', 'gpu', 'network'])
  })

  it('refusal: nothing has been measured', async () => {
    expect(codes(await bench.call('workers.get_metric_keys', { worker_ids: ['nobody'] }))).toBe('400/1005')
    const other = await bench.another({ company: 'new' })
    expect(codes(await other.call('workers.get_metric_keys'))).toBe('400/1005')
  })

  it('wrong input: ids that are no list', async () => {
    expect(codes(await bench.call('workers.get_metric_keys', { worker_ids: 'one' }))).toBe('400/12')
  })
})
