import { describe, expect, it } from 'vitest'
import { company, foreignCompany, type Suite } from './subject.ts'

const start = Date.UTC(2026, 0, 2, 3, 4, 5)
const at = (seconds: number) => new Date(start + seconds * 1_000)
const range = { from: at(0), to: at(100), intervalSeconds: 40 }

export const samplesSuite: Suite = (subject) => {
  const samples = () => subject.store.samples

  describe('queue samples', () => {
    it('answer per queue and bucket the one with the longest wait', async () => {
      const [a, b] = [
        await subject.store.queues.ensureQueue(company, 'a'),
        await subject.store.queues.ensureQueue(company, 'b'),
      ]
      const sample = (queueId: string, seconds: number, averageWaitSeconds: number, entries = 1) => ({
        queueId,
        at: at(seconds),
        averageWaitSeconds,
        entries,
      })
      await samples().addQueueSamples([
        sample(a.id, -1, 99),
        sample(a.id, 0, 1),
        sample(a.id, 39, 3.5, 7),
        sample(a.id, 40, 2),
        sample(a.id, 100, 99),
        sample(b.id, 99, 5),
        sample('f'.repeat(32), 10, 1),
        sample('no id', 10, 1),
      ])
      const found = await samples().readQueueSamples([a.id, b.id, 'x'], range)
      expect(found.toSorted((one, other) => one.averageWaitSeconds - other.averageWaitSeconds)).toEqual([
        sample(a.id, 40, 2),
        sample(a.id, 0, 3.5, 7),
        sample(b.id, 80, 5),
      ])
      expect(await samples().readQueueSamples([], range)).toEqual([])
    })
  })

  describe('worker samples', () => {
    const sample = (worker: string, seconds: number, value: number, changes: object = {}) => ({
      company,
      worker,
      at: at(seconds),
      metric: 'cpu_usage',
      variant: '0',
      value,
      task: null,
      ...changes,
    })
    const query = { company, workers: [], metric: 'cpu_usage', splitByVariant: false, range }

    it('are put together per worker, variant and bucket', async () => {
      await samples().addWorkerSamples([
        sample('w1', 0, 1),
        sample('w1', 10, 3, { variant: '1' }),
        sample('w1', 50, 8),
        sample('w2\0', 0, 5),
        sample('w1', 0, 99, { metric: 'memory_used' }),
        sample('w1', 0, 99, { company: foreignCompany }),
      ])
      const one = (worker: string, seconds: number, value: number, variant = 'all') => ({
        worker,
        variant,
        at: at(seconds),
        value,
      })
      const w2 = one('w2\ufffd', 0, 5)
      const aggregate = (changes: object) => samples().aggregate({ ...query, aggregation: 'avg', ...changes })
      expect(await aggregate({})).toEqual([one('w1', 0, 2), one('w1', 40, 8), w2])
      expect(await aggregate({ aggregation: 'max' })).toEqual([one('w1', 0, 3), one('w1', 40, 8), w2])
      expect(await aggregate({ aggregation: 'min', workers: ['w1', 'none\0'] })).toEqual([
        one('w1', 0, 1),
        one('w1', 40, 8),
      ])
      const split = [one('w1', 0, 1, '0'), one('w1', 40, 8, '0'), one('w1', 0, 3, '1')]
      expect(await aggregate({ splitByVariant: true, workers: ['w1'] })).toEqual(split)
      expect(await aggregate({ metric: 'none\0' })).toEqual([])
    })

    it('tell which metrics there are, of some workers or of all', async () => {
      await samples().addWorkerSamples([
        sample('w1', 0, 1),
        sample('w1', 1, 1),
        sample('w2', 0, 1, { metric: 'memory_used' }),
        sample('w3', 0, 1, { metric: 'x', company: foreignCompany }),
      ])
      expect(await samples().listMetrics(company, [])).toEqual(['cpu_usage', 'memory_used'])
      expect(await samples().listMetrics(company, ['w2'])).toEqual(['memory_used'])
      expect(await samples().listMetrics(company, ['w4'])).toEqual([])
    })

    it('count the workers that reported per bucket, and of those the ones with a task', async () => {
      await samples().addWorkerSamples([
        sample('w1', 0, 1, { task: 't' }),
        sample('w1', 10, 1, { task: 't' }),
        sample('w2', 20, 1),
        sample('w2', 90, 1),
        sample('w3', 200, 1),
      ])
      expect(await samples().countActive(company, range)).toEqual([
        { at: at(0), total: 2, active: 1 },
        { at: at(80), total: 1, active: 0 },
      ])
    })
  })

  it('old samples are dropped, and young ones are not', async () => {
    const { id } = await subject.store.queues.ensureQueue(company, 'a')
    const now = new Date()
    const old = new Date(now.getTime() - 60_000)
    for (const time of [now, old]) {
      await samples().addQueueSamples([{ queueId: id, at: time, averageWaitSeconds: 1, entries: 1 }])
      const worker = { company, worker: 'w', at: time, metric: 'm', variant: 'total', value: 1, task: null }
      await samples().addWorkerSamples([worker])
    }
    await samples().dropOlderThan(30_000)
    expect(await subject.db.selectFrom('queue_samples').select('at').execute()).toEqual([{ at: now }])
    expect(await subject.db.selectFrom('worker_samples').select('at').execute()).toEqual([{ at: now }])
  })
}
