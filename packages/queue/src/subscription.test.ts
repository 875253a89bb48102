import { until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { ownRedis } from './queue.fixture.ts'
import { subscribe } from './subscription.ts'

const { server, patient } = await ownRedis()

async function outage(): Promise<void> {
  await server.kill()
  await server.restart()
}

describe('a subscription', () => {
  it('hears its channel again after an outage', async () => {
    const redis = patient()
    const heard: string[] = []
    await subscribe(redis, 'news', (message) => heard.push(message))
    await outage()
    const sender = patient()
    await until(async () => (await sender.publish('news', 'back')) === 1, { what: 'the subscriber to be back' })
    await until(() => heard.includes('back'), { what: 'the message' })
  })

  it('is closed without a sound just when it comes back, before Redis has answered it', async () => {
    const redis = patient()
    await subscribe(redis, 'news', () => {})
    const rejections: unknown[] = []
    const onRejection = (reason: unknown) => rejections.push(reason)
    process.on('unhandledRejection', onRejection)
    try {
      redis.once('ready', () => {
        redis.disconnect()
        redis.stream.destroy()
      })
      const ended = new Promise((resolve) => redis.once('end', resolve))
      await outage()
      await ended
      await new Promise(setImmediate)
      expect(rejections).toEqual([])
    } finally {
      process.off('unhandledRejection', onRejection)
    }
  })
})
