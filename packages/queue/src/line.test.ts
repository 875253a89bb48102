import { sharedRedisUrl, until } from '@inferq/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { consumeJobs, type TakenJob, type Verdict } from './job-consumer.ts'
import { createLine } from './line.ts'
import { connectionsTo, idOf, jobFor, newRef, silentLog } from './queue.fixture.ts'

const { request, patient } = connectionsTo(sharedRedisUrl())
const line = createLine(request(), silentLog)
afterAll(() => line.close())

const finished: Verdict = { kind: 'finished' }

/** A worker that is there for the length of a test. */
function consumer(ref: { company: string; queue: string }, run: (job: TakenJob) => Promise<Verdict>, concurrency = 1) {
  const consuming = consumeJobs({ redis: patient(), ref, concurrency, run, log: silentLog })
  consuming.start()
  return { [Symbol.asyncDispose]: () => consuming.close() }
}

const countsOf = async (ref: { company: string; queue: string }) => (await line.counts([ref]))[0]

describe('the line', () => {
  it('serves by priority, and in the order of arrival within one', async () => {
    const ref = newRef()
    const jobs = [jobFor(ref, 100), jobFor(ref, 1), jobFor(ref, 100), jobFor(ref, 1_000_000), jobFor(ref, 2)]
    await line.addJobs(jobs)
    const served: string[] = []
    await using _ = consumer(ref, async ({ jobId }) => {
      served.push(jobId)
      return finished
    })
    await until(() => served.length === jobs.length, { what: 'all jobs to be served' })
    expect(served).toEqual([1, 4, 0, 2, 3].map((index) => idOf(jobs[index] as (typeof jobs)[number])))
  })

  it('tells how many are served before a job, and null for one that does not wait', async () => {
    const ref = newRef()
    const jobs = [jobFor(ref, 100), jobFor(ref, 100), jobFor(ref, 1)]
    await line.addJobs(jobs)
    expect(await Promise.all(jobs.map((job) => line.position(ref, idOf(job))))).toEqual([1, 2, 0])
    expect(await line.position(ref, idOf(jobFor(ref)))).toBeNull()
  })

  it('puts a job that is added twice in line once, and leaves its place alone', async () => {
    const ref = newRef()
    const job = jobFor(ref)
    await line.addJobs([job, jobFor(ref)])
    await line.addJobs([{ ...job, priority: 1_000 }, job])
    expect(await countsOf(ref)).toEqual({ waiting: 2, active: 0, delayed: 0 })
    expect(await line.position(ref, idOf(job))).toBe(0)
  })

  it('removes a job that waits, leaves one that a worker holds, and knows when there is none', async () => {
    const ref = newRef()
    const jobs = [jobFor(ref, 1), jobFor(ref, 2)]
    const [held, waiting] = jobs.map(idOf) as [string, string]
    await line.addJobs(jobs)
    const end = Promise.withResolvers<Verdict>()
    await using _ = consumer(ref, () => end.promise)
    await until(async () => (await countsOf(ref))?.active === 1, { what: 'the first job to be taken' })

    expect(await line.removeJob(ref, held)).toBe('held')
    expect(await line.removeJob(ref, waiting)).toBe('removed')
    expect(await line.removeJob(ref, waiting)).toBe('absent')
    expect(await line.present(ref, [held, waiting])).toEqual([true, false])
    end.resolve(finished)
    await until(async () => (await line.removeJob(ref, held)) === 'absent', { what: 'the held job to be finished' })
  })

  it('removes a job that waits for its next attempt', async () => {
    const ref = newRef()
    const job = jobFor(ref)
    await line.addJobs([job])
    await using _ = consumer(ref, async () => ({ kind: 'retry', delayMs: 600_000 }))
    await until(async () => (await countsOf(ref))?.delayed === 1, { what: 'the job to be delayed' })
    expect(await line.scanJobIds(ref, 0, 10)).toEqual([idOf(job)])
    expect(await line.removeJob(ref, idOf(job))).toBe('removed')
    expect(await countsOf(ref)).toEqual({ waiting: 0, active: 0, delayed: 0 })
  })

  it('hands out nothing while it is paused, counts what waits, and goes on afterwards', async () => {
    const ref = newRef()
    await line.setPaused(ref, true)
    let served = 0
    await using _ = consumer(ref, async () => {
      served++
      return finished
    })
    await line.addJobs([jobFor(ref), jobFor(ref)])
    expect(await countsOf(ref)).toEqual({ waiting: 2, active: 0, delayed: 0 })
    await line.setPaused(ref, false)
    await until(() => served === 2, { what: 'the jobs to be served' })
  })

  it('keeps queues apart whose names have spaces, dots and dashes', async () => {
    const company = newRef().company
    const refs = ['a b', 'a.b', 'a-b', 'a_b', 'A b'].map((queue) => ({ company, queue }))
    await line.addJobs(refs.flatMap((ref, index) => Array.from({ length: index + 1 }, () => jobFor(ref))))
    expect((await line.counts(refs)).map(({ waiting }) => waiting)).toEqual([1, 2, 3, 4, 5])
    const served: string[] = []
    await using _ = consumer({ company, queue: 'a b' }, async ({ ref }) => {
      served.push(ref.queue)
      return finished
    })
    await until(() => served.length === 1, { what: 'the job to be served' })
  })

  it('lists waiting jobs page by page, in order', async () => {
    const ref = newRef()
    const jobs = Array.from({ length: 5 }, () => jobFor(ref))
    await line.addJobs(jobs)
    const pages = await Promise.all([0, 2, 4, 6].map((offset) => line.scanJobIds(ref, offset, 2)))
    expect(pages.flat()).toEqual(jobs.map(idOf))
    expect(pages[3]).toEqual([])
  })

  it('answers that it cannot be reached, rather than waiting for ever, when there is no Redis', async () => {
    const away = connectionsTo('redis://127.0.0.1:1')
    const line = createLine(away.request(), silentLog)
    await expect(line.counts([newRef()])).rejects.toMatchObject({ code: 'QUEUE_UNREACHABLE' })
    await expect(line.addJobs([jobFor(newRef())])).rejects.toMatchObject({ code: 'QUEUE_UNREACHABLE' })
  })
})
