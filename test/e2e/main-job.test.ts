import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Inferq, startInferq } from '../lib/inferq.ts'

let inferq: Inferq
beforeAll(async () => {
  inferq = await startInferq()
})
afterAll(() => inferq.stop())

describe('a task to embed texts', () => {
  it('goes through its queue to the worker and comes back with one vector per text', async () => {
    const texts = ['red fox', 'blue whale', 'red fox']
    const task = await inferq.client.submit({ job: 'embed.text', input: { texts } }, { wait: 20 })
    expect(task).toMatchObject({ status: 'completed', queue: 'default', run: 1, error: null, waits_for: null })
    const { model, embeddings } = task.result as { model: string; embeddings: number[][] }
    expect(model).toBe('tiny-text')
    expect(embeddings.map((vector) => vector.length)).toEqual([16, 16, 16])
    expect(embeddings[0]).toEqual(embeddings[2])
    expect(embeddings[0]).not.toEqual(embeddings[1])
  })

  it('tells its attempts and how long each phase took', async () => {
    const task = await inferq.client.submit({ job: 'embed.text', input: { texts: ['a'] } }, { wait: 20 })
    expect(task.attempts).toMatchObject([{ run: 1, attempt: 1, state: 'succeeded', error: null }])
    expect(task.attempts[0]?.worker).toEqual((await inferq.client.workers())[0]?.id)
    for (const ms of Object.values(task.timings)) expect(ms).toBeGreaterThanOrEqual(0)
  })

  it('comes back whole when input and result are too large for queue and record', async () => {
    const texts = Array.from({ length: 256 }, (_, index) => `text number ${index} ${'word '.repeat(200)}`)
    const task = await inferq.client.submit({ job: 'embed.text', input: { texts } }, { wait: 40 })
    expect(task.status).toBe('completed')
    expect(task.input).toEqual({ texts })
    expect((task.result as { embeddings: number[][] }).embeddings).toHaveLength(256)
  })
})

describe('a task that fails', () => {
  it('is tried again while its error may pass, and says meanwhile when and why', async () => {
    const { id } = await inferq.client.submit({ job: 'echo', input: { fail: { attempts: 1, message: 'not today' } } })
    let told = false
    for await (const event of inferq.client.events(id)) {
      if (event.type !== 'retrying') continue
      const waiting = await inferq.client.get(id)
      told = waiting.status === 'in_progress' && waiting.waits_for?.code === 'retry'
      expect(waiting.waits_for?.message).toContain('not today')
    }
    expect(told).toBe(true)
    const task = await inferq.client.waitFor(id)
    expect(task).toMatchObject({ status: 'completed', error: null })
    expect(task.attempts.map(({ state }) => state)).toEqual(['failed', 'succeeded'])
  })

  it('ends as failed with the error, and can be run again', async () => {
    const input = { fail: { code: 'INPUT_INVALID' as const, message: 'never' } }
    const failed = await inferq.client.submit({ job: 'echo', input }, { wait: 20 })
    expect(failed).toMatchObject({ status: 'failed', error: { code: 'INPUT_INVALID', message: 'never' }, result: null })
    expect(failed.attempts).toHaveLength(1)
    expect((await inferq.client.retry(failed.id)).run).toBe(2)
    expect(await inferq.client.waitFor(failed.id)).toMatchObject({ status: 'failed', run: 2 })
  })

  it('uses up the attempts it was given and no more', async () => {
    const task = await inferq.client.submit({ job: 'echo', input: { fail: true }, attempts: 2 }, { wait: 30 })
    expect(task.status).toBe('failed')
    expect(task.attempts.map(({ state }) => state)).toEqual(['failed', 'failed'])
  })
})

describe('a queue that nobody watches', () => {
  it('keeps its tasks, and they say what they wait for and where they stand', async () => {
    const queue = 'nobody here'
    await inferq.client.submit({ job: 'echo', input: {}, queue })
    const { id } = await inferq.client.submit({ job: 'echo', input: {}, queue })
    const task = await inferq.client.get(id)
    expect(task).toMatchObject({ status: 'queued', position: 1, waits_for: { code: 'no_watcher' } })
    expect(await inferq.client.queue(queue)).toMatchObject({ waiting: 2, active: 0, watchers: [], paused: false })
  })
})

describe('a paused queue', () => {
  it('hands out nothing until it is resumed', async () => {
    await inferq.client.pause('default')
    const { id } = await inferq.client.submit({ job: 'echo', input: { n: 1 } })
    expect(await inferq.client.get(id)).toMatchObject({ status: 'queued', waits_for: { code: 'paused' } })
    await inferq.client.resume('default')
    expect(await inferq.client.waitFor(id)).toMatchObject({ status: 'completed', result: { n: 1 } })
  })
})

describe('priority', () => {
  it('decides who is served first, and age among equals', async () => {
    await inferq.client.pause('default')
    const submit = (name: string, priority: number) =>
      inferq.client.submit({ job: 'echo', input: { delay_ms: 5 }, name, priority })
    const tasks = [
      await submit('last', 300),
      await submit('first', 1),
      await submit('second', 1),
      await submit('usual', 100),
    ]
    const positions = await Promise.all(
      tasks.map(async ({ id, name }) => [name, (await inferq.client.get(id)).position]),
    )
    expect(Object.fromEntries(positions)).toEqual({ first: 0, second: 1, usual: 2, last: 3 })
    await inferq.client.resume('default')
    await Promise.all(tasks.map(({ id }) => inferq.client.waitFor(id)))
  })
})

describe('a task with a time to start', () => {
  it('is stopped when that time runs out before a worker takes it', async () => {
    const { id } = await inferq.client.submit({ job: 'echo', input: {}, queue: 'too late', expires_in: 1 })
    const task = await inferq.client.waitFor(id, { timeoutMs: 20_000 })
    expect(task.status).toBe('stopped')
    expect(task.status_reason).toContain('expired')
    expect((await inferq.client.queue('too late')).waiting).toBe(0)
  })
})
