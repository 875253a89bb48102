import { until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Inferq, startInferq } from '../lib/inferq.ts'
import { endingsOf, expectAllDone, startLoad } from '../lib/load.ts'

let inferq: Inferq
beforeAll(async () => {
  inferq = await startInferq({ worker: null })
})
afterAll(() => inferq.stop())

const attemptsOf = async (id: string) => (await inferq.client.get(id)).attempts
const runningOn = (id: string, worker: string) =>
  until(async () => (await attemptsOf(id)).some((a) => a.worker === worker && a.state === 'running'), {
    what: `the task to run on ${worker}`,
    timeoutMs: 30_000,
  })

describe('a worker killed in the middle of its jobs', () => {
  it('costs no task: another starts them again within 15 seconds, under load', async () => {
    const doomed = await inferq.startWorker({ INFERQ_WORKER_ID: 'doomed' })
    const long = await inferq.client.submit({ job: 'echo', input: { delay_ms: 12_000 }, priority: 1 })
    await runningOn(long.id, 'doomed')
    await inferq.startWorker({ INFERQ_WORKER_ID: 'heir' })
    const load = startLoad(() => inferq.client, { tasks: 600, delayMs: 50 })
    await load.reached(100)
    await doomed.kill()
    const killedAt = Date.now()
    await runningOn(long.id, 'heir')
    const second = (await attemptsOf(long.id))[1]
    expect(Date.parse(second?.started_at ?? '') - killedAt).toBeLessThan(15_000)
    const tasks = await expectAllDone(inferq.client, load)
    expect(tasks.some(({ attempts }) => attempts[0]?.state === 'lost')).toBe(true)
    expect(await inferq.client.waitFor(long.id)).toMatchObject({ status: 'completed' })
    expect(await endingsOf(inferq.client, long.id)).toEqual(['succeeded'])
  })
})

describe('a task that kills its workers', () => {
  it('is ended after the third death, with that reason, and harms no fourth worker', async () => {
    const { id } = await inferq.client.submit({ job: 'echo', input: { delay_ms: 100_000 }, queue: 'poison' })
    for (const name of ['first', 'second', 'third']) {
      const worker = await inferq.startWorker({ INFERQ_QUEUES: 'poison', INFERQ_WORKER_ID: name })
      await runningOn(id, name)
      await worker.kill()
    }
    const fourth = await inferq.startWorker({ INFERQ_QUEUES: 'poison', INFERQ_WORKER_ID: 'fourth' })
    const task = await inferq.client.waitFor(id, { timeoutMs: 30_000 })
    expect(task).toMatchObject({ status: 'failed', error: { code: 'WORKER_CRASHED' } })
    expect(task.error?.message).toContain('3 workers')
    await fourth.stop()
  })
})
