import { until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Inferq, startInferq } from '../lib/inferq.ts'

let inferq: Inferq
beforeAll(async () => {
  inferq = await startInferq()
})
afterAll(() => inferq.stop())

const running = (id: string) =>
  until(async () => (await inferq.client.get(id)).status === 'in_progress', { what: 'the task to run' })

describe('cancelling', () => {
  it('stops a waiting task at once; no worker ever starts it', async () => {
    const { id } = await inferq.client.submit({ job: 'echo', input: {}, queue: 'unwatched' })
    expect(await inferq.client.cancel(id)).toMatchObject({ status: 'stopped', attempts: [] })
    expect((await inferq.client.queue('unwatched')).waiting).toBe(0)
  })

  it('stops a running task', async () => {
    const { id } = await inferq.client.submit({ job: 'echo', input: { delay_ms: 120_000 } })
    await running(id)
    const asked = await inferq.client.cancel(id)
    // A quick worker has stopped before the answer is written.
    if (asked.status !== 'stopped') {
      expect(asked).toMatchObject({ status: 'in_progress', status_message: 'stopping' })
    }
    const task = await inferq.client.waitFor(id)
    expect(task).toMatchObject({ status: 'stopped', result: null })
    expect(task.attempts).toMatchObject([{ state: 'stopped' }])
  })

  it('stops a task that waits for its next attempt at once', async () => {
    const { id } = await inferq.client.submit({ job: 'echo', input: { fail: { code: 'ATTEMPT_TIMED_OUT' } } })
    await until(async () => (await inferq.client.get(id)).waits_for?.code === 'retry', { what: 'the task to wait' })
    await inferq.client.cancel(id)
    expect(await inferq.client.waitFor(id)).toMatchObject({ status: 'stopped' })
  })

  it('is refused for a task that has ended, and changes nothing on one that is stopped', async () => {
    const done = await inferq.client.submit({ job: 'echo', input: {} }, { wait: 20 })
    await expect(inferq.client.cancel(done.id)).rejects.toMatchObject({
      status: 409,
      code: 'TASK_TRANSITION_FORBIDDEN',
    })
    const failed = await inferq.client.submit({ job: 'echo', input: { fail: { code: 'INPUT_INVALID' } } }, { wait: 20 })
    await expect(inferq.client.cancel(failed.id)).rejects.toMatchObject({ status: 409 })
    const { id } = await inferq.client.submit({ job: 'echo', input: {}, queue: 'unwatched' })
    const stopped = await inferq.client.cancel(id)
    expect((await inferq.client.cancel(id)).updated_at).toBe(stopped.updated_at)
  })

  it('leaves the worker free for the next task', async () => {
    const busy = await Promise.all(
      Array.from({ length: 8 }, () => inferq.client.submit({ job: 'echo', input: { delay_ms: 60_000 } })),
    )
    await Promise.all(busy.map(({ id }) => running(id)))
    await Promise.all(busy.map(({ id }) => inferq.client.cancel(id)))
    expect(await inferq.client.submit({ job: 'echo', input: { n: 2 } }, { wait: 10 })).toMatchObject({
      result: { n: 2 },
    })
  })
})

describe('deleting', () => {
  it('removes a task that has ended, and a waiting one with its place in line', async () => {
    const done = await inferq.client.submit({ job: 'echo', input: {} }, { wait: 20 })
    await inferq.client.delete(done.id)
    await expect(inferq.client.get(done.id)).rejects.toMatchObject({ status: 404 })
    const { id } = await inferq.client.submit({ job: 'echo', input: {}, queue: 'to delete' })
    await inferq.client.delete(id)
    expect((await inferq.client.queue('to delete')).waiting).toBe(0)
  })

  it('is refused while the task runs', async () => {
    const { id } = await inferq.client.submit({ job: 'echo', input: { delay_ms: 60_000 } })
    await running(id)
    await expect(inferq.client.delete(id)).rejects.toMatchObject({ status: 409 })
    await inferq.client.cancel(id)
  })
})
