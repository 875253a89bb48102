import { until } from '@inferq/testkit'
import { Redis } from 'ioredis'
import { describe, expect, it } from 'vitest'
import { startInferq } from '../lib/inferq.ts'
import { expectAllDone, startLoad } from '../lib/load.ts'

describe('a Redis that loses everything', () => {
  it('costs nothing but time, under load', async () => {
    await using inferq = await startInferq()
    const redis = new Redis(inferq.redis.url)
    try {
      const load = startLoad(() => inferq.client, { tasks: 1_200, delayMs: 20 })
      for (const count of [200, 700]) {
        await load.reached(count)
        await redis.flushall()
      }
      await expectAllDone(inferq.client, load, 120_000)
    } finally {
      redis.disconnect()
    }
  })

  it('gets its waiting tasks back in order, and its pauses', async () => {
    await using inferq = await startInferq({ worker: null })
    const redis = new Redis(inferq.redis.url)
    try {
      const submit = (n: number, priority: number) => inferq.client.submit({ job: 'echo', input: { n }, priority })
      const waiting = [await submit(0, 100), await submit(1, 100), await submit(2, 7), await submit(3, 100)]
      await inferq.client.submit({ job: 'echo', input: {}, queue: 'held' })
      await inferq.client.pause('held')
      await redis.flushall()
      await until(async () => (await inferq.client.queue('default')).waiting === 4, { what: 'the line to be back' })
      const positions = await Promise.all(waiting.map(async ({ id }) => (await inferq.client.get(id)).position))
      expect(positions).toEqual([1, 2, 0, 3])
      await until(async () => (await inferq.client.queue('held')).waiting === 1, { what: 'the other line to be back' })
      await inferq.startWorker({ INFERQ_QUEUES: 'default,held' })
      for (const { id } of waiting) expect((await inferq.client.waitFor(id)).status).toBe('completed')
      expect(await inferq.client.queue('held')).toMatchObject({ waiting: 1, active: 0, paused: true })
    } finally {
      redis.disconnect()
    }
  })
})

describe('a Redis that is away for 20 seconds', () => {
  it('delays tasks, and loses none: they are taken meanwhile and run when it is back', async () => {
    await using inferq = await startInferq()
    const load = startLoad(() => inferq.client, { tasks: 1_500, callers: 4, delayMs: 20 })
    await load.reached(200)
    await inferq.redis.kill()
    const before = load.acknowledged.size
    await new Promise((resolve) => setTimeout(resolve, 20_000))
    expect(load.acknowledged.size).toBeGreaterThan(before)
    await inferq.redis.restart()
    await expectAllDone(inferq.client, load, 120_000)
  })

  it('and was only frozen, does no more harm', async () => {
    await using inferq = await startInferq()
    const load = startLoad(() => inferq.client, { tasks: 600, callers: 4, delayMs: 20 })
    await load.reached(100)
    inferq.redis.pause()
    await new Promise((resolve) => setTimeout(resolve, 20_000))
    inferq.redis.resume()
    await expectAllDone(inferq.client, load, 120_000)
  })
})
