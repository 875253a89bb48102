import { describe, expect, it } from 'vitest'
import { createPartials } from './partials.ts'
import { fakeFiles, fakeRunner, testHandler, testJob } from './worker.fixture.ts'

const text = (bytes: Uint8Array | null) => bytes && Buffer.from(bytes).toString()
const keyOf = ({ payload: { taskId, run } }: ReturnType<typeof testJob>) => `partials/${taskId}-${run}`

type Run = Parameters<typeof testHandler>[0]
/** A handler of a job that keeps partial results. */
const keepingHandler = (run: Run) => testHandler(run, { keepsPartials: true })

const failing: Run = async () => {
  throw new Error('failed')
}

describe('what an attempt keeps', () => {
  it('is there for the next attempt of the same run, and for no other', async () => {
    const { files } = fakeFiles()
    const job = testJob()
    expect(await createPartials(files, job).load()).toBeNull()
    await createPartials(files, job).save(Buffer.from('one'))
    await createPartials(files, job).save(Buffer.from('two'))
    expect(text(await createPartials(files, { ...job }).load())).toBe('two')
    const nextRun = { payload: { ...job.payload, run: 2 } }
    expect(await createPartials(files, nextRun).load()).toBeNull()
  })

  it('cannot come back after it was dropped, not even what was on its way', async () => {
    const { files, byKey } = fakeFiles()
    const slow = Promise.withResolvers<void>()
    const put: typeof files.put = async (key, data) => {
      await slow.promise
      return files.put(key, data)
    }
    const partials = createPartials({ ...files, put }, testJob())
    const saving = partials.save(Buffer.from('late'))
    const dropping = partials.drop()
    slow.resolve()
    await Promise.all([saving, dropping])
    await partials.save(Buffer.from('later'))
    expect([...byKey]).toEqual([])
  })
})

describe('the end of an attempt', () => {
  const kept = async (run: Run, job = testJob()) => {
    const { files, byKey } = fakeFiles({ [keyOf(job)]: 'kept' })
    const { run: runJob, ...runner } = fakeRunner({ files, handlers: [keepingHandler(run)] })
    const verdict = await runJob(job)
    return { verdict, left: byKey.has(keyOf(job)), ...runner }
  }

  it('drops what was kept once the run has succeeded', async () => {
    let loaded: string | null = null
    const run: Run = async ({ input }, { partials }) => {
      loaded = text(await partials.load())
      return input
    }
    expect(await kept(run)).toMatchObject({ verdict: { kind: 'finished' }, left: false })
    expect(loaded).toBe('kept')
  })

  it('drops it once the run has failed for good', async () => {
    const last = testJob({ attempt: 3, failuresBefore: 2 })
    expect(await kept(failing, last)).toMatchObject({ verdict: { kind: 'finished' }, left: false })
  })

  it('drops it when its workers died too often', async () => {
    const crashed = testJob({ attempt: 4, crashes: 3 })
    expect(await kept(failing, crashed)).toMatchObject({ verdict: { kind: 'finished' }, left: false })
  })

  it('leaves it for the next attempt', async () => {
    expect(await kept(failing)).toMatchObject({ verdict: { kind: 'retry' }, left: true })
  })

  it.each([
    ['drops it when the task was stopped', 'stop', 'finished', false],
    ['leaves it when the worker shuts down', 'shutDown', 'release', true],
  ] as const)('%s', async (_, end, verdict, left) => {
    const job = testJob()
    const { files, byKey } = fakeFiles({ [keyOf(job)]: 'kept' })
    const handler = keepingHandler(async () => {
      if (end === 'stop') runner.running.stop(job.jobId)
      else runner.running.shutDown()
      return new Promise<never>(() => {})
    })
    const runner = fakeRunner({ files, handlers: [handler] })
    expect(await runner.run(job)).toMatchObject({ kind: verdict })
    expect(byKey.has(keyOf(job))).toBe(left)
  })

  it('leaves it when the job may have been given to another worker', async () => {
    const job = testJob()
    const { files, byKey } = fakeFiles({ [keyOf(job)]: 'kept' })
    const lock = new AbortController()
    const handler = keepingHandler(async () => {
      lock.abort()
      return new Promise<never>(() => {})
    })
    await fakeRunner({ files, handlers: [handler] }).run(job, lock.signal)
    expect(byKey.has(keyOf(job))).toBe(true)
  })

  it('is reported even if what was kept cannot be deleted', async () => {
    const { files } = fakeFiles()
    const broken = async () => {
      throw new Error('disk broken')
    }
    const handlers = [keepingHandler(async ({ input }) => input)]
    const { run, kinds } = fakeRunner({ files: { ...files, delete: broken }, handlers })
    expect(await run(testJob())).toEqual({ kind: 'finished' })
    expect(kinds()).toEqual(['started', 'succeeded'])
  })
})

describe('a job that keeps nothing', () => {
  it('costs the file store no call', async () => {
    const { files } = fakeFiles()
    const calls: string[] = []
    const noted = new Proxy(files, {
      get: (target, name: keyof typeof files) => {
        calls.push(name)
        return target[name]
      },
    })
    const { run } = fakeRunner({ files: noted, handlers: [testHandler(async ({ input }) => input)] })
    await run(testJob())
    expect(calls).toEqual([])
  })

  it('cannot leave a file behind by mistake', async () => {
    const { files, byKey } = fakeFiles()
    const handler = testHandler(async ({ input }, { partials }) => {
      await partials.save(Buffer.from('x'))
      return input
    })
    const { run, outcomes } = fakeRunner({ files, handlers: [handler] })
    await run(testJob())
    expect(outcomes.at(-1)).toMatchObject({ kind: 'retrying', error: { code: 'HANDLER_FAILED' } })
    expect(byKey.size).toBe(0)
  })
})
