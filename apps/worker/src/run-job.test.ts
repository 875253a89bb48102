import { setTimeout as sleep } from 'node:timers/promises'
import { inlineResultBytes, Outcome } from '@inferq/contracts'
import { openFiles } from '@inferq/files'
import { freePort, until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { fakeFiles, fakeRunner, silentLog, takenJob, testHandler, testJob } from './worker.fixture.ts'

const lastOf = (outcomes: Outcome[]) => outcomes.at(-1)

describe('an attempt that succeeds', () => {
  it('reports its start and then its result, and the job is finished', async () => {
    const { run, outcomes } = fakeRunner()
    const taken = takenJob({ hello: 'world' }, { attempt: 2 })
    expect(await run(taken)).toEqual({ kind: 'finished' })
    const common = { taskId: taken.payload.taskId, run: 1, attempt: 2, worker: 'w1' }
    expect(outcomes).toMatchObject([
      { kind: 'started', ...common },
      { kind: 'succeeded', ...common, result: '{"hello":"world"}' },
    ])
    expect(outcomes.map((outcome) => Outcome.safeParse(outcome).success)).toEqual([true, true])
  })

  it('is not finished before its outcome is safe, and does not wait for its start to be', async () => {
    const safe = Promise.withResolvers<void>()
    const started: string[] = []
    const handler = testHandler(async ({ input }) => {
      started.push('handler')
      return input
    })
    let isFinished = false
    const { run } = fakeRunner({ handlers: [handler], report: () => safe.promise })
    const verdict = run(testJob()).then(() => {
      isFinished = true
    })
    await until(() => started.length === 1, { what: 'the handler to run' })
    await sleep(20)
    expect(isFinished).toBe(false)
    safe.resolve()
    await verdict
  })

  it('reads a large input from the file store, and writes a large result there', async () => {
    const text = 'x'.repeat(inlineResultBytes)
    const { files, byKey } = fakeFiles({ 'inputs/a.json': JSON.stringify({ text }) })
    const { run, outcomes } = fakeRunner({ files })
    const { input: _, ...payload } = takenJob({}).payload
    const taken = takenJob({}, { payload: { ...payload, inputKey: 'inputs/a.json' } })
    await run(taken)
    const resultKey = `results/${payload.taskId}-1-1.json`
    expect(lastOf(outcomes)).toMatchObject({ kind: 'succeeded', resultKey })
    expect(lastOf(outcomes)).not.toHaveProperty('result')
    expect(byKey.get(resultKey)).toBe(JSON.stringify({ text }))
  })

  it('tells how long it prepared and computed', async () => {
    const handler = testHandler(async ({ input }, { timings }) => {
      await sleep(30)
      timings.computingMs += 10
      return input
    })
    const { run, outcomes } = fakeRunner({ handlers: [handler] })
    await run(testJob())
    const { timings } = lastOf(outcomes) as Extract<Outcome, { kind: 'succeeded' }>
    expect(timings.computingMs).toBe(10)
    expect(timings.preparingMs).toBeGreaterThan(15)
  })

  it('reports progress within bounds, and not each time that it is told', async () => {
    const handler = testHandler(async ({ input }, { progress }) => {
      progress(7, 'far')
      for (let i = 0; i < 100; i++) progress(i / 100)
      progress(Number.NaN)
      return input
    })
    const { run, outcomes, kinds } = fakeRunner({ handlers: [handler] })
    await run(testJob())
    expect(kinds()).toEqual(['started', 'progress', 'succeeded'])
    expect(outcomes[1]).toMatchObject({ progress: { fraction: 1, message: 'far' } })
  })
})

describe('an attempt that fails', () => {
  it('is tried again after a transient error, and says when', async () => {
    const { run, outcomes } = fakeRunner()
    const verdict = await run(takenJob({ fail: { code: 'ENGINE_FAILED', message: 'out of memory' } }))
    expect(verdict).toMatchObject({ kind: 'retry' })
    const delayMs = 'delayMs' in verdict ? verdict.delayMs : 0
    const last = lastOf(outcomes) as Extract<Outcome, { kind: 'retrying' }>
    expect(last).toMatchObject({ kind: 'retrying', error: { code: 'ENGINE_FAILED', message: 'out of memory' } })
    expect(last.nextAttemptAt - last.at).toBe(delayMs)
    expect(delayMs).toBeGreaterThan(0)
  })

  it('ends the run when no attempt is left', async () => {
    const { run, outcomes } = fakeRunner()
    expect(await run(takenJob({ fail: true }, { attempt: 3, failuresBefore: 2 }))).toEqual({ kind: 'finished' })
    expect(lastOf(outcomes)).toMatchObject({ kind: 'failed', error: { code: 'HANDLER_FAILED' } })
  })

  it('ends the run after a permanent error', async () => {
    const { run, outcomes } = fakeRunner()
    expect(await run(takenJob({ fail: { code: 'MODEL_UNKNOWN' } }))).toEqual({ kind: 'finished' })
    expect(lastOf(outcomes)).toMatchObject({ kind: 'failed', error: { code: 'MODEL_UNKNOWN' } })
  })

  it('tells the producer nothing of an unexpected error, and the log everything', async () => {
    const logged: object[] = []
    const error = new Error('password is hunter2')
    const handler = testHandler(async () => {
      throw error
    })
    const log = { ...silentLog, error: (fields: object) => void logged.push(fields) }
    const { run, outcomes } = fakeRunner({ handlers: [handler], log })
    expect(await run(testJob())).toMatchObject({ kind: 'retry' })
    expect(lastOf(outcomes)).toMatchObject({ kind: 'retrying', error: { code: 'HANDLER_FAILED' } })
    expect(JSON.stringify(outcomes)).not.toContain('hunter2')
    expect(logged).toMatchObject([{ err: error }])
  })

  it('tries again later, and says why, when the place of large inputs is away', async () => {
    const endpoint = `http://127.0.0.1:${await freePort()}`
    const credentials = { accessKey: 'a', secretKey: 'b' }
    const files = await openFiles({ s3: { endpoint, region: 'r', bucket: 'b', prefix: '', credentials } })
    const { run, outcomes } = fakeRunner({ files })
    const { input: _, ...payload } = takenJob({}).payload
    expect(await run(takenJob({}, { payload: { ...payload, inputKey: 'inputs/a.json' } }))).toMatchObject({
      kind: 'retry',
    })
    expect(lastOf(outcomes)).toMatchObject({
      kind: 'retrying',
      error: { code: 'FILES_UNREACHABLE', message: 'the file store could not be reached' },
    })
    files.close()
  })

  it.each(['WORKER_SHUTDOWN', 'LOCK_LOST'] as const)(
    'counts when a handler claims %s, or the job would go round for ever',
    async (code) => {
      const { run, outcomes } = fakeRunner()
      expect(await run(takenJob({ fail: { code } }))).toMatchObject({ kind: 'retry' })
      expect(lastOf(outcomes)).toMatchObject({ kind: 'retrying', error: { code: 'HANDLER_FAILED' } })
    },
  )

  it.each([
    ['is not JSON', { input: '{' }, 'not JSON'],
    ['does not fit the schema', { input: '{"delay_ms":"soon","fail":7}' }, 'delay_ms'],
    ['is missing', { input: undefined }, 'without an input'],
    ['is no longer in the file store', { input: undefined, inputKey: 'inputs/gone.json' }, 'file store'],
    ['is for a job that is unknown here', { job: 'classify.smell' }, 'classify.smell'],
  ])('is final when the input %s', async (_, payload, message) => {
    const { run, outcomes, kinds } = fakeRunner()
    const taken = takenJob({}, { payload: { ...takenJob({}).payload, ...(payload as object) } })
    expect(await run(taken)).toEqual({ kind: 'finished' })
    expect(kinds()).toEqual(['started', 'failed'])
    const error = { code: 'INPUT_INVALID', message: expect.stringContaining(message) }
    expect(lastOf(outcomes)).toMatchObject({ error })
  })

  it('is final when the result is not what the job promises', async () => {
    const { run, outcomes } = fakeRunner({ handlers: [testHandler(async () => ({ n: 'many' as unknown as number }))] })
    expect(await run(testJob())).toEqual({ kind: 'finished' })
    const error = { code: 'RESULT_INVALID', message: expect.stringContaining('n:') }
    expect(lastOf(outcomes)).toMatchObject({ kind: 'failed', error })
  })

  it('is tried again when the result cannot be stored', async () => {
    const { files } = fakeFiles()
    const put = async () => {
      throw new Error('disk full')
    }
    const { run, outcomes } = fakeRunner({ files: { ...files, put } })
    expect(await run(takenJob({ text: 'x'.repeat(inlineResultBytes) }))).toMatchObject({ kind: 'retry' })
    expect(lastOf(outcomes)).toMatchObject({ kind: 'retrying', error: { code: 'HANDLER_FAILED' } })
  })

  it('does not bring the worker down when its outcome cannot be reported', async () => {
    const report = async () => {
      throw new Error('not valid')
    }
    expect(await fakeRunner({ report }).run(takenJob({}))).toEqual({ kind: 'finished' })
  })
})
