import { setTimeout as sleep } from 'node:timers/promises'
import { inlineResultBytes, JobError, type Outcome } from '@inferq/contracts'
import { until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { fakeFiles, fakeRunner, takenJob, testHandler, testJob } from './worker.fixture.ts'

const never = () => new Promise<never>(() => {})
const lastOf = (outcomes: Outcome[]) => outcomes.at(-1)

describe('an attempt that is aborted', () => {
  it('ends as stopped when a stop is asked for', async () => {
    const { run, running, outcomes } = fakeRunner()
    const taken = takenJob({ delay_ms: 60_000 })
    const verdict = run(taken)
    await until(() => outcomes.length === 1, { what: 'the attempt to start' })
    running.stop(taken.jobId)
    expect(await verdict).toEqual({ kind: 'finished' })
    expect(lastOf(outcomes)).toMatchObject({ kind: 'stopped', reason: 'a stop was requested' })
    expect(running.ids()).toEqual([])
  })

  it('times out, transiently, even under a handler that does not listen', async () => {
    const { run, outcomes } = fakeRunner({ handlers: [testHandler(never, { attemptTimeoutMs: 20 })] })
    expect(await run(testJob())).toEqual({ kind: 'retry', delayMs: 5_000 })
    expect(lastOf(outcomes)).toMatchObject({ kind: 'retrying', error: { code: 'ATTEMPT_TIMED_OUT' } })
  })

  it('goes back to its queue at shutdown, with word that the next attempt may come now', async () => {
    const { run, running, outcomes } = fakeRunner()
    const verdict = run(takenJob({ delay_ms: 60_000 }))
    await until(() => outcomes.length === 1, { what: 'the attempt to start' })
    running.shutDown()
    expect(await verdict).toEqual({ kind: 'release' })
    const last = lastOf(outcomes) as Extract<Outcome, { kind: 'retrying' }>
    expect(last).toMatchObject({ kind: 'retrying', error: { code: 'WORKER_SHUTDOWN' }, nextAttemptAt: last.at })
  })

  it('says nothing more once the job may be another worker’s', async () => {
    const { run, outcomes, kinds } = fakeRunner()
    const lock = new AbortController()
    const verdict = run(takenJob({ delay_ms: 60_000 }), lock.signal)
    await until(() => outcomes.length === 1, { what: 'the attempt to start' })
    lock.abort('lock-lost')
    expect(await verdict).toEqual({ kind: 'release' })
    expect(kinds()).toEqual(['started'])
  })

  it('passes the reason to the handler, and what the handler makes of it does not matter', async () => {
    let reason: unknown
    const handler = testHandler(
      (_, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            reason = signal.reason
            resolve({ n: 1 })
          })
        }),
    )
    const { run, running, outcomes } = fakeRunner({ handlers: [handler] })
    const taken = testJob()
    const verdict = run(taken)
    await until(() => outcomes.length === 1, { what: 'the attempt to start' })
    running.stop(taken.jobId)
    await verdict
    expect(reason).toBeInstanceOf(JobError)
    expect(lastOf(outcomes)).toMatchObject({ kind: 'stopped' })
  })

  it('reports no progress and stores no result after its end', async () => {
    const { files, byKey } = fakeFiles()
    const end = Promise.withResolvers<void>()
    let isDone = false
    const handler = testHandler(async (_, { progress }) => {
      await end.promise
      progress(0.5)
      isDone = true
      return { n: 1, text: 'x'.repeat(inlineResultBytes) }
    })
    const { run, running, outcomes, kinds } = fakeRunner({ handlers: [handler], files })
    const taken = testJob()
    const verdict = run(taken)
    await until(() => outcomes.length === 1, { what: 'the attempt to start' })
    running.stop(taken.jobId)
    await verdict
    end.resolve()
    await until(() => isDone, { what: 'the handler to end' })
    await sleep(5)
    expect(kinds()).toEqual(['started', 'stopped'])
    expect(byKey.size).toBe(0)
  })
})

describe('an attempt that is aborted before it starts', () => {
  it('says nothing of a start after its end, and never reaches its handler', async () => {
    const asked = Promise.withResolvers<boolean>()
    let isRun = false
    const handler = testHandler(async ({ input }) => {
      isRun = true
      return input
    })
    const { run, running, kinds } = fakeRunner({ handlers: [handler], isStopRequested: () => asked.promise })
    const verdict = run(testJob({ attempt: 2 }))
    running.shutDown()
    expect(await verdict).toEqual({ kind: 'release' })
    asked.resolve(false)
    await sleep(5)
    expect(await run(testJob())).toEqual({ kind: 'release' })
    expect(kinds()).toEqual(['retrying', 'retrying'])
    expect(isRun).toBe(false)
  })
})

describe('a job with a history', () => {
  it('that has killed too many workers is failed without being run', async () => {
    const { run, outcomes, kinds } = fakeRunner({ handlers: [testHandler(never)] })
    expect(await run(testJob({ attempt: 4, crashes: 3 }))).toEqual({ kind: 'finished' })
    expect(kinds()).toEqual(['failed'])
    const error = { code: 'WORKER_CRASHED', message: '3 workers died while running it' }
    expect(lastOf(outcomes)).toMatchObject({ error })
  })

  it('that was asked to stop in the meantime is stopped without being run', async () => {
    const { run, kinds } = fakeRunner({ handlers: [testHandler(never)], isStopRequested: async () => true })
    expect(await run(testJob({ attempt: 2 }))).toEqual({ kind: 'finished' })
    expect(kinds()).toEqual(['stopped'])
  })

  it('is run when nobody can tell whether it should stop, and is not asked about at its first start', async () => {
    const isStopRequested = async () => {
      throw new Error('Redis is away')
    }
    const { run, kinds } = fakeRunner({ isStopRequested })
    await run(takenJob({}, { attempt: 2, crashes: 1 }))
    await run(takenJob({}))
    expect(kinds()).toEqual(['started', 'succeeded', 'started', 'succeeded'])
  })

  it('may succeed at a later attempt', async () => {
    const { run, kinds } = fakeRunner()
    const input = { fail: { attempts: 1 } }
    expect(await run(takenJob(input, { attempt: 1 }))).toMatchObject({ kind: 'retry' })
    expect(await run(takenJob(input, { attempt: 2, failuresBefore: 1 }))).toEqual({ kind: 'finished' })
    expect(kinds()).toEqual(['started', 'retrying', 'started', 'succeeded'])
  })
})
