import type { ImageModelDescription } from '@inferq/contracts'
import { until } from '@inferq/testkit'
import { describe, expect, it } from 'vitest'
import { createImageModelAnnouncer } from './image-models.ts'
import { imageModelKey, imageModelMember, imageModelsKey } from './keys.ts'
import { createLine } from './line.ts'
import { ownRedis, randomId, silentLog } from './queue.fixture.ts'

const { request } = await ownRedis()
const redis = request()
await until(() => redis.status === 'ready', { what: 'Redis' })
const line = createLine(redis, silentLog)

const model = (name: string, more: Partial<ImageModelDescription> = {}): ImageModelDescription => ({
  v: 1,
  name,
  job: 'classify.image',
  labels: [{ id: 0, name: 'cat' }],
  exclusive: true,
  ...more,
})
const keyOf = (company: string, one: ImageModelDescription) => imageModelKey(company, imageModelMember(one))
const days = (count: number) => count * 24 * 3_600_000

/** A company of its own, whose worker says something with each heartbeat. */
function newWorker(company = randomId()) {
  return { company, announce: createImageModelAnnouncer(redis, company) }
}

describe('the models for images that workers announce', () => {
  it('are those of all workers of the company, by name, each job of a model by itself', async () => {
    const { company, announce } = newWorker()
    const [b, a] = [model('b'), model('a:{1}/x', { job: 'detect.image', exclusive: false })]
    const both = model('b', { job: 'detect.image' })
    await announce([both, b])
    await createImageModelAnnouncer(redis, company)([a])
    expect(await line.imageModels(company)).toEqual([a, b, both])
    expect(await line.imageModels(randomId())).toEqual([])
  })

  it('stay for a week after the last word of them', async () => {
    const { company, announce } = newWorker()
    await announce([model('a'), model('b')])
    expect(await redis.pttl(keyOf(company, model('a')))).toBeGreaterThan(days(6.9))
    await redis.pexpire(keyOf(company, model('a')), 1)
    const isGone = async () => (await line.imageModels(company)).length === 1
    await until(isGone, { what: 'the model to be forgotten' })
    expect(await redis.smembers(imageModelsKey(company))).toEqual([imageModelMember(model('b'))])
  })

  it('are not written with every heartbeat', async () => {
    const { company, announce } = newWorker()
    await announce([model('a')])
    await redis.pexpire(keyOf(company, model('a')), days(1))
    await announce([model('a')])
    expect(await redis.pttl(keyOf(company, model('a')))).toBeLessThanOrEqual(days(1))
  })

  it('are written again with the first heartbeat after Redis lost its data', async () => {
    const { company, announce } = newWorker()
    const models = [model('a'), model('b')]
    await announce(models)
    await redis.flushall()
    expect(await line.imageModels(company)).toEqual([])
    await announce(models)
    expect(await line.imageModels(company)).toEqual(models)
  })

  it('include one that was loaded later', async () => {
    const { company, announce } = newWorker()
    await announce([])
    await announce([model('a')])
    await announce([model('a'), model('b')])
    expect(await line.imageModels(company)).toEqual([model('a'), model('b')])
  })

  it('are as the last one who was started says', async () => {
    const { company, announce } = newWorker()
    await announce([model('a')])
    const changed = model('a', { labels: [{ id: 7, name: 'dog' }] })
    await createImageModelAnnouncer(redis, company)([changed])
    expect(await line.imageModels(company)).toEqual([changed])
  })

  it('leave out what a newer worker says in another shape', async () => {
    const { company, announce } = newWorker()
    await announce([{ ...model('newer'), v: 2 as 1 }, model('plain')])
    expect(await line.imageModels(company)).toEqual([model('plain')])
  })
})
