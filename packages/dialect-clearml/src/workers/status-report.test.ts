import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from '../queues/queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const report = (worker: string, more: object = {}) => ({ worker, timestamp: Date.now(), ...more })
const agentNow = (worker: string) => bench.services.agents.find(bench.company, bench.user.id, worker)

describe('workers.status_report', () => {
  it('success: registers an unknown worker on the fly', async () => {
    const { id } = await bench.newQueue()
    expect(await bench.ok('workers.status_report', report('new', { queues: [id], tags: ['t'] }))).toEqual({})
    expect(await agentNow('new')).toMatchObject({
      ...{ queues: [id], tags: ['t'], task: null, queue: null, registerTimeoutSeconds: 600 },
      lastReportAt: expect.any(Date),
    })
  })

  it('success: queue and task are what the last report says, queues stay unless others are named', async () => {
    const { id } = await bench.newQueue()
    const task = await bench.agentsTask()
    await bench.ok('workers.register', { worker: 'w1', queues: [id], tags: ['kept'] })
    await bench.ok('workers.status_report', report('w1', { queue: id, task, queues: [] }))
    expect(await agentNow('w1')).toMatchObject({ queue: id, task, queues: [id], tags: ['kept'] })
    const other = await bench.newQueue()
    await bench.ok('workers.status_report', report('w1', { queues: [other.id], tags: [] }))
    expect(await agentNow('w1')).toMatchObject({ queue: null, task: null, queues: [other.id], tags: [] })
  })

  it('success: the task shows the worker, and the report counts as an update of it', async () => {
    const task = await bench.agentsTask()
    const before = await bench.taskNow(task)
    await bench.ok('workers.status_report', report('w2', { task }))
    const after = await bench.taskNow(task)
    expect(after).toMatchObject({ worker: 'w2', status: 'created' })
    expect(after.workerReportedAt).toEqual(after.updatedAt)
    expect(after.updatedAt.getTime()).toBeGreaterThan(before.updatedAt.getTime())
  })

  it('success: a task that was taken and is not started yet keeps its lease', async () => {
    const { id } = await bench.newQueue()
    const [task] = (await bench.waiting(id, 1)) as [string]
    await bench.ok('queues.get_next_task', { queue: id })
    const leaseUntil = { secondsFromNow: 5 }
    await bench.services.tasks.changeTask(bench.company, task, () => ({ set: { leaseUntil } }))
    const before = (await bench.taskNow(task)).leaseUntil as Date
    await bench.ok('workers.status_report', report('w3', { task }))
    expect((await bench.taskNow(task)).leaseUntil?.getTime()).toBeGreaterThan(before.getTime() + 60_000)
  })

  it('success: machine_stats become samples, one per device; nothing of zeroes and nulls', async () => {
    const other = await startQueues()
    const machine_stats = { cpu_usage: [50, 0, null, 70], memory_free: 3, disk_read: 0, network_tx: null }
    await other.ok('workers.status_report', { ...report('w4'), machine_stats })
    expect(await other.services.samples.listMetrics(other.company, [])).toEqual(['cpu_usage', 'memory_free'])
    const range = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000), intervalSeconds: 600 }
    const query = { company: other.company, workers: ['w4'], aggregation: 'avg', splitByVariant: true, range } as const
    const variants = await other.services.samples.aggregate({ ...query, metric: 'cpu_usage' })
    expect(variants.map(({ variant, value }) => [variant, value])).toEqual([
      ['0', 50],
      ['3', 70],
    ])
    const totals = await other.services.samples.aggregate({ ...query, metric: 'memory_free' })
    expect(totals).toMatchObject([{ variant: 'total', value: 3 }])
  })

  it.each([
    ['milliseconds', 1_600_000_000_000],
    ['seconds', 1_600_000_000],
  ])('success: the timestamp may be in %s', async (unit, timestamp) => {
    const worker = `clock ${unit}`
    await bench.ok('workers.status_report', { worker, timestamp, machine_stats: { memory_used: 1 } })
    const range = { from: new Date(1_599_999_990_000), to: new Date(1_600_000_010_000), intervalSeconds: 20 }
    const query = { company: bench.company, workers: [worker], aggregation: 'max', splitByVariant: false } as const
    expect(await bench.services.samples.aggregate({ ...query, metric: 'memory_used', range })).toHaveLength(1)
  })

  it('refusal: an unknown or foreign task, and the worker is alive all the same', async () => {
    const foreign = await (await startQueues()).agentsTask()
    for (const [index, task] of [unknownId, foreign, 'no id'].entries()) {
      const worker = `lost ${index}`
      expect(codes(await bench.call('workers.status_report', report(worker, { task })))).toBe('400/101')
      expect((await agentNow(worker))?.task).toBe(task)
    }
  })

  it.each([
    ['no worker', { timestamp: 1 }],
    ['no timestamp', { worker: 'w' }],
    ['a timestamp that is no number', { worker: 'w', timestamp: 'now' }],
    ['a timestamp that is no date', { worker: 'w', timestamp: 9e15 }],
    ['a timestamp below zero', { worker: 'w', timestamp: -5 }],
    ['figures that are no numbers', { worker: 'w', timestamp: 1, machine_stats: { cpu_usage: ['a'] } }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('workers.status_report', request))).toBe('400/12')
  })
})
