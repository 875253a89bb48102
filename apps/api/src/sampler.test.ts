import { openTestStore } from '@inferq/core-testkit'
import { createLine, requestConnection, untilReady } from '@inferq/queue'
import { startRedis, until } from '@inferq/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSampler } from './sampler.ts'

const silentLog = { warn() {} }
const server = await startRedis()
const redis = requestConnection({ url: server.url, name: 'test', log: silentLog })
const line = createLine(redis, silentLog)
const store = await openTestStore()
beforeAll(async () => {
  await untilReady(redis, 5_000)
})
afterAll(async () => {
  await line.close()
  redis.disconnect()
  await store.close()
  await server.stop()
})

const range = () => ({ from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000), intervalSeconds: 1 })

it('takes the figures of every queue once per interval, however many instances there are, and drops old ones', async () => {
  const company = 'c1'
  const { id: queueId } = await store.queues.createQueue(company, { name: 'some queue' })
  await store.agentsLine.addEntry(queueId, '0123456789abcdef0123456789abcdef')
  await line.addJobs([
    {
      ref: { company, queue: 'some queue' },
      priority: 100,
      payload: {
        ...{ v: 1, taskId: 'f'.repeat(32), run: 1, job: 'echo', attemptsBefore: 0, attempts: 1 },
        queuedAt: Date.now() - 40_000,
      },
    },
  ])
  const old = { queueId, at: new Date(Date.now() - 8 * 24 * 60 * 60_000), averageWaitSeconds: 1, entries: 1 }
  await store.samples.addQueueSamples([old])

  const ports = { queues: store.queues, agentsLine: store.agentsLine, line }
  const parts = { ports, samples: store.samples, redis, log: silentLog }
  const samplers = [startSampler(parts), startSampler(parts)]
  const taken = () => store.samples.readQueueSamples([queueId], range())
  await until(async () => (await taken()).length > 0, { what: 'a sample' })
  const oldRange = { from: new Date(0), to: new Date(Date.now() - 60_000), intervalSeconds: 3_600 }
  const isDropped = async () => (await store.samples.readQueueSamples([queueId], oldRange)).length === 0
  await until(isDropped, { what: 'the old sample to be dropped' })
  await Promise.all(samplers.map((sampler) => sampler.stop()))

  const samples = await taken()
  expect(samples).toHaveLength(1)
  expect(samples[0]?.entries).toBe(2)
  expect(samples[0]?.averageWaitSeconds).toBeGreaterThan(19)
  expect(samples[0]?.averageWaitSeconds).toBeLessThan(40)
})
