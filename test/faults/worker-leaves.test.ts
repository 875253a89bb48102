import { until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Inferq, startInferq } from '../lib/inferq.ts'
import { expectAllDone, startLoad } from '../lib/load.ts'

let inferq: Inferq
beforeAll(async () => {
  inferq = await startInferq({ worker: null })
})
afterAll(() => inferq.stop())

describe('workers replaced one after the other', () => {
  it('finish what they hold; no task is lost, failed or left in progress', async () => {
    let worker = await inferq.startWorker()
    const load = startLoad(() => inferq.client, { tasks: 1_500, delayMs: 20 })
    for (const count of [200, 500, 800]) {
      await load.reached(count)
      const next = await inferq.startWorker()
      expect(await worker.stop()).toMatchObject({ code: 0 })
      worker = next
    }
    const tasks = await expectAllDone(inferq.client, load)
    expect(tasks.every(({ attempts }) => attempts.length === 1)).toBe(true)
    await worker.stop()
  })
})

describe('a job that outlasts the grace time of its leaving worker', () => {
  it('goes back in line, does not count as a failure, and is done by the next worker', async () => {
    const leaving = await inferq.startWorker({ INFERQ_SHUTDOWN_GRACE_SECONDS: '0', INFERQ_WORKER_ID: 'leaving' })
    const { id } = await inferq.client.submit({ job: 'echo', input: { delay_ms: 2_000 }, attempts: 1 })
    await until(async () => (await inferq.client.get(id)).status === 'in_progress', { what: 'the task to run' })
    expect(await leaving.stop()).toMatchObject({ code: 0 })
    await until(async () => (await inferq.client.get(id)).waits_for?.code === 'redelivery', {
      what: 'the task to say so',
    })
    await inferq.startWorker({ INFERQ_WORKER_ID: 'staying' })
    const task = await inferq.client.waitFor(id)
    expect(task.status).toBe('completed')
    expect(task.attempts.map(({ worker, state }) => [worker, state])).toEqual([
      ['leaving', 'lost'],
      ['staying', 'succeeded'],
    ])
  })
})
