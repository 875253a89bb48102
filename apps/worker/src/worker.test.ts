import type { Outcome, WorkerReport } from '@inferq/contracts'
import { tinyTextDimensions } from '@inferq/engines'
import { readWorkers } from '@inferq/queue'
import { until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { randomId } from './worker.fixture.ts'
import { openWorkerSystem } from './worker-system.fixture.ts'

const { redis, line, cleanup, startWorker, submit } = await openWorkerSystem('worker', {
  INFERQ_QUEUES: 'default,other',
  INFERQ_SHUTDOWN_GRACE_SECONDS: '0.05',
  INFERQ_WORKER_ID: 'w1',
})

const isGone = async ({ ref, jobId }: { ref: { company: string; queue: string }; jobId: string }) =>
  !(await line.present(ref, [jobId]))[0]

describe('a worker', () => {
  it('runs jobs of all its queues on real engines, and reports what came of them', async () => {
    const company = randomId()
    const [echo, embed, wrong] = await Promise.all([
      submit(company, 'echo', { hello: 'world' }),
      submit(company, 'embed.text', { texts: ['one text', 'another'] }, { queue: 'other' }),
      submit(company, 'embed.text', { texts: ['one text'], model: 'huge' }, { queue: 'other' }),
    ])
    await startWorker(company)
    await until(() => wrong.last()?.kind === 'failed' && embed.last()?.kind === 'succeeded', { what: 'the outcomes' })
    await until(() => echo.last()?.kind === 'succeeded', { what: 'the echo' })
    expect(echo.kinds()).toEqual(['started', 'succeeded'])
    expect(wrong.last()).toMatchObject({ error: { code: 'MODEL_UNKNOWN' } })
    const { result, timings } = embed.last() as Extract<Outcome, { kind: 'succeeded' }>
    const { model, embeddings } = JSON.parse(result as string) as { model: string; embeddings: number[][] }
    expect(model).toBe('tiny')
    expect(embeddings.map(({ length }) => length)).toEqual([tinyTextDimensions, tinyTextDimensions])
    for (const vector of embeddings) expect(Math.hypot(...vector)).toBeCloseTo(1, 5)
    expect(timings.computingMs).toBeGreaterThan(0)
    await until(() => isGone(embed), { what: 'the job to be finished' })
  })

  it('is a watcher of its queues from its start to its end', async () => {
    const company = randomId()
    const starting = startWorker(company)
    const reports: WorkerReport[] = []
    await until(
      async () => {
        reports.push(...(await readWorkers(redis, company)))
        return reports.some(({ state }) => state === 'running')
      },
      { what: 'the worker to run', intervalMs: 1 },
    )
    expect(reports[0]?.state).toBe('starting')
    expect(reports.at(-1)).toMatchObject({
      id: 'w1',
      queues: ['default', 'other'],
      models: [{ name: 'tiny', job: 'embed.text', engine: 'onnx', device: 'cpu' }],
    })
    const worker = await starting
    await worker.drain(AbortSignal.abort())
    await cleanup.run()
    expect(await readWorkers(redis, company)).toEqual([])
  })

  it('stops a running job at the hint', async () => {
    const company = randomId()
    const job = await submit(company, 'echo', { delay_ms: 60_000 })
    await startWorker(company)
    await until(() => job.kinds().includes('started'), { what: 'the job to start' })
    await line.requestStop(job.ref, job.jobId)
    await until(() => job.last()?.kind === 'stopped', { what: 'the job to be stopped' })
    await until(() => isGone(job), { what: 'the job to be finished' })
  })

  it('drains: what does not end in time goes back to its queue for another worker, and nothing counts', async () => {
    const company = randomId()
    const job = await submit(company, 'echo', { delay_ms: 3_000 })
    const first = await startWorker(company)
    await until(() => job.kinds().includes('started'), { what: 'the job to start' })
    await first.drain(new AbortController().signal)
    await cleanup.run()
    expect(await line.counts([job.ref])).toEqual([{ waiting: 1, active: 0, delayed: 0 }])
    await until(() => job.last()?.kind === 'retrying', { what: 'the release to be reported' })
    expect(job.last()).toMatchObject({ error: { code: 'WORKER_SHUTDOWN' } })

    await startWorker(company)
    await until(() => job.last()?.kind === 'succeeded', { what: 'the job to be run again' })
    expect(job.last()).toMatchObject({ attempt: 2 })
  })
})
