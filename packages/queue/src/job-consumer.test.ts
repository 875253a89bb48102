import { fileURLToPath } from 'node:url'
import type { QueueRef } from '@inferq/domain'
import { startNode, until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilReady } from './connection.ts'
import { consumeJobs, type JobConsumerOptions, type TakenJob, type Verdict } from './job-consumer.ts'
import { lineName } from './keys.ts'
import { createLine } from './line.ts'
import { idOf, jobFor, newRef, ownRedis, silentLog } from './queue.fixture.ts'

const { server, request, patient } = await ownRedis()
const redis = request()
const line = createLine(redis, silentLog)
beforeAll(() => untilReady(redis, 5_000))
afterAll(() => line.close())

const finished: Verdict = { kind: 'finished' }

function consumer(ref: QueueRef, run: JobConsumerOptions['run'], more: Partial<JobConsumerOptions> = {}) {
  const consuming = consumeJobs({ redis: patient(), ref, concurrency: 1, run, log: silentLog, ...more })
  consuming.start()
  return { ...consuming, [Symbol.asyncDispose]: () => consuming.close() }
}

/** Answers each start of a job in turn, and remembers what it was given. */
function answering(verdicts: Verdict[]) {
  const starts: (TakenJob & { at: number })[] = []
  const run = async (job: TakenJob): Promise<Verdict> => {
    starts.push({ ...job, at: performance.now() })
    return verdicts[starts.length - 1] ?? finished
  }
  return { starts, run }
}

const isGone = async (ref: QueueRef, jobId: string) => !(await line.present(ref, [jobId]))[0]

describe('a job that a worker takes', () => {
  it('comes with its payload and its history, and is gone once it is finished', async () => {
    const ref = newRef()
    const job = jobFor(ref, 100, { attemptsBefore: 4, run: 2 })
    await line.addJobs([job])
    const { starts, run } = answering([])
    await using _ = consumer(ref, run)
    await until(() => isGone(ref, idOf(job)), { what: 'the job to be finished' })
    expect(starts).toMatchObject([
      { jobId: idOf(job), ref, payload: job.payload, attempt: 5, failuresBefore: 0, crashes: 0 },
    ])
  })

  it('comes again after the delay that the verdict names, with the failure counted', async () => {
    const ref = newRef()
    await line.addJobs([jobFor(ref)])
    const { starts, run } = answering([
      { kind: 'retry', delayMs: 300 },
      { kind: 'retry', delayMs: 0 },
    ])
    await using _ = consumer(ref, run)
    await until(() => starts.length === 3, { what: 'three starts' })
    expect(starts.map(({ attempt, failuresBefore }) => [attempt, failuresBefore])).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
    ])
    expect((starts[1]?.at as number) - (starts[0]?.at as number)).toBeGreaterThanOrEqual(299)
  })

  it('is kept and stands in front of its equals when it is released, without a failure being counted', async () => {
    const ref = newRef()
    const [job, next] = [jobFor(ref), jobFor(ref)]
    await line.addJobs([job, next])
    const { starts, run } = answering([{ kind: 'release' }])
    await using _ = consumer(ref, run)
    await until(() => starts.length === 3, { what: 'three starts' })
    expect(starts.map(({ jobId }) => jobId)).toEqual([idOf(job), idOf(job), idOf(next)])
    expect(starts.map(({ attempt, failuresBefore }) => [attempt, failuresBefore])).toEqual([
      [1, 0],
      [2, 0],
      [1, 0],
    ])
  })

  it('is soon taken by another, idle worker when one that drains releases it', async () => {
    const ref = newRef()
    const job = jobFor(ref)
    const release = Promise.withResolvers<Verdict>()
    await using draining = consumer(ref, () => release.promise)
    await line.addJobs([job])
    await until(async () => (await line.counts([ref]))[0]?.active === 1, { what: 'the job to be taken' })
    const { starts, run } = answering([])
    await using _ = consumer(ref, run)
    const drained = draining.drain()
    release.resolve({ kind: 'release' })
    await drained
    await until(() => starts.length === 1, { what: 'the released job to start' })
    expect(starts[0]).toMatchObject({ jobId: idOf(job), attempt: 2, failuresBefore: 0 })
  })

  it('is dropped when its payload is not one of ours, and holds nobody up', async () => {
    const ref = newRef()
    const job = jobFor(ref, 1)
    await line.addJobs([{ ...job, payload: { ...job.payload, v: 2 as 1 } }, jobFor(ref, 2)])
    const { starts, run } = answering([])
    await using _ = consumer(ref, run)
    await until(() => starts.length === 1, { what: 'the good job to start' })
    await until(() => isGone(ref, idOf(job)), { what: 'the bad job to be gone' })
  })
})

describe('a worker whose Redis comes back', () => {
  it.each([
    ['after a restart', () => server.kill().then(() => server.restart())],
    ['without its data', () => redis.flushall()],
  ])('%s goes on taking jobs', async (_, disturb) => {
    const ref = newRef()
    const { starts, run } = answering([])
    await using _worker = consumer(ref, run)
    await line.addJobs([jobFor(ref)])
    await until(() => starts.length === 1, { what: 'a job before' })
    await disturb()
    await until(() => line.addJobs([jobFor(ref)]).then(() => true), { what: 'the line to be reached again' })
    await until(() => starts.length >= 2, { what: 'a job afterwards' })
  })
})

describe('a worker that drains', () => {
  it('is done when it holds nothing', async () => {
    const ref = newRef()
    const { run } = answering([])
    await using idle = consumer(ref, run)
    await line.addJobs([jobFor(ref)])
    await until(async () => (await line.counts([ref]))[0]?.waiting === 0, { what: 'it to be idle' })
    await idle.drain()
  })

  it('finishes what it holds and takes no more', async () => {
    const ref = newRef()
    const [held, waiting] = [jobFor(ref), jobFor(ref)]
    await line.addJobs([held, waiting])
    const end = Promise.withResolvers<Verdict>()
    await using worker = consumer(ref, () => end.promise)
    await until(async () => (await line.counts([ref]))[0]?.active === 1, { what: 'the first job to be taken' })
    const drained = worker.drain()
    end.resolve(finished)
    await drained
    expect(await line.present(ref, [idOf(held), idOf(waiting)])).toEqual([false, true])
    expect(await line.counts([ref])).toEqual([{ waiting: 1, active: 0, delayed: 0 }])
  })
})

describe('a worker that loses a job', () => {
  it('is told so when its lock is gone', async () => {
    const ref = newRef()
    const job = jobFor(ref)
    await line.addJobs([job])
    const lost = Promise.withResolvers<unknown>()
    const run = (_: TakenJob, signal: AbortSignal) =>
      new Promise<Verdict>((resolve) => {
        signal.addEventListener('abort', () => {
          lost.resolve(signal.reason)
          resolve({ kind: 'release' })
        })
      })
    await using _ = consumer(ref, run, { lockDurationMs: 1_000 })
    const lock = `inferq:${lineName(ref)}:${idOf(job)}:lock`
    await until(async () => (await redis.del(lock)) === 1, { what: 'the job to be locked' })
    expect(await lost.promise).toBe('lock-lost')
  })

  it('by its own death leaves it to another, within 15 s and counted as a crash', { timeout: 40_000 }, async () => {
    const ref = newRef()
    const job = jobFor(ref)
    await line.addJobs([job])
    let isHolding = false
    const holder = await startNode({
      name: 'holder',
      entry: fileURLToPath(new URL('hold-job.fixture.ts', import.meta.url)),
      args: [server.url, ref.company, ref.queue],
      onLine: (text) => {
        isHolding ||= text === `holding ${idOf(job)}`
      },
    })
    await until(() => isHolding, { what: 'the child to hold the job' })
    const { starts, run } = answering([])
    await using _ = consumer(ref, run)
    await holder.kill()
    const killedAt = performance.now()
    await until(() => starts.length === 1, { what: 'the job to start again', timeoutMs: 15_000 })
    expect((starts[0]?.at as number) - killedAt).toBeLessThan(15_000)
    expect(starts[0]).toMatchObject({ jobId: idOf(job), attempt: 2, failuresBefore: 0, crashes: 1 })
  })
})
