import type { WorkerReport } from '@inferq/contracts'
import { until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { sampleTurnKey, workerReportKey, workersKey } from './keys.ts'
import { newRef, ownRedis, randomId } from './queue.fixture.ts'
import { takeSampleTurn } from './sample-turn.ts'
import { listenForStops, readStopFlags, requestStop } from './stop-flags.ts'
import { holdSweepLease, readSweepMark, releaseSweepLease, writeSweepMark } from './sweep-lease.ts'
import { forgetWorker, readWorkers, reportWorker } from './workers.ts'

const { server, patient } = await ownRedis()
const redis = patient()

const reportOf = (id: string, at: number): WorkerReport => ({
  v: 1,
  id,
  host: 'h',
  pid: 1,
  state: 'running',
  queues: ['default'],
  concurrency: 1,
  running: [],
  models: [],
  machine: { cpus: 1, load: 0, memoryUsedBytes: 1, memoryTotalBytes: 2, gpus: [] },
  startedAt: 1,
  at,
})

describe('the registry of workers', () => {
  it('has those that reported, the longest silent first, and each company its own', async () => {
    const company = randomId()
    await reportWorker(redis, company, reportOf('late', 2))
    await reportWorker(redis, company, reportOf('early', 1))
    expect((await readWorkers(redis, company)).map(({ id }) => id)).toEqual(['early', 'late'])
    expect(await readWorkers(redis, randomId())).toEqual([])
  })

  it('drops a worker whose report has expired', async () => {
    const company = randomId()
    await reportWorker(redis, company, reportOf('silent', 1))
    expect(await redis.pttl(workerReportKey(company, 'silent'))).toBeGreaterThan(5_000)
    await redis.pexpire(workerReportKey(company, 'silent'), 1)
    await until(async () => (await readWorkers(redis, company)).length === 0, { what: 'the worker to be dropped' })
    expect(await redis.zcard(workersKey(company))).toBe(0)
  })

  it('drops a worker that says goodbye, and skips one that it cannot read', async () => {
    const company = randomId()
    await reportWorker(redis, company, reportOf('gone', 1))
    await reportWorker(redis, company, { ...reportOf('newer', 2), v: 2 as 1 })
    await reportWorker(redis, company, reportOf('there', 3))
    await forgetWorker(redis, company, 'gone')
    expect((await readWorkers(redis, company)).map(({ id }) => id)).toEqual(['there'])
  })
})

describe('a request to stop', () => {
  it('sends a hint, and leaves a flag for those who missed it', async () => {
    const ref = newRef('a b.c')
    const hints: string[] = []
    await listenForStops(patient(), (jobId) => hints.push(jobId))
    await requestStop(redis, ref, 'one')
    expect(await readStopFlags(redis, ref, ['other', 'one'])).toEqual(['one'])
    expect(await readStopFlags(redis, newRef(), ['one'])).toEqual([])
    expect(await readStopFlags(redis, ref, [])).toEqual([])
    await until(() => hints.includes('one'), { what: 'the hint' })
  })
})

describe('the lease on sweeping', () => {
  it('has one owner at a time, who may renew it and give it up', async () => {
    expect(await holdSweepLease(redis, 'a', 60_000)).toBe(true)
    expect(await holdSweepLease(redis, 'b', 60_000)).toBe(false)
    expect(await holdSweepLease(redis, 'a', 60_000)).toBe(true)
    await releaseSweepLease(redis, 'b')
    expect(await holdSweepLease(redis, 'b', 60_000)).toBe(false)
    await releaseSweepLease(redis, 'a')
    expect(await holdSweepLease(redis, 'b', 60_000)).toBe(true)
    await releaseSweepLease(redis, 'b')
  })

  it('falls to another when its owner is silent', async () => {
    expect(await holdSweepLease(redis, 'a', 50)).toBe(true)
    await until(() => holdSweepLease(redis, 'b', 60_000), { what: 'the lease to expire' })
  })
})

describe('the turn to take samples', () => {
  it('comes once per interval, to whoever asks first', async () => {
    expect(await takeSampleTurn(redis, 60_000)).toBe(true)
    expect(await takeSampleTurn(redis, 60_000)).toBe(false)
    await redis.pexpire(sampleTurnKey, 1)
    await until(() => takeSampleTurn(redis, 60_000), { what: 'the next interval' })
  })
})

describe('the mark of what was swept', () => {
  const mark = { sweptUntil: new Date(2_000), firstSweptAt: new Date(1_000) }

  it('is kept', async () => {
    await writeSweepMark(redis, mark)
    expect(await readSweepMark(redis)).toEqual(mark)
  })

  it('is void once Redis has lost its data', async () => {
    await writeSweepMark(redis, mark)
    await redis.flushall()
    expect(await readSweepMark(redis)).toBeNull()
  })

  it('is void once Redis was restarted, since the last second before may be lost', async () => {
    await writeSweepMark(redis, mark)
    await server.kill()
    await server.restart()
    expect(await readSweepMark(redis)).toBeNull()
  })
})
