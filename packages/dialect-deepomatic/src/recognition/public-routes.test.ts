import { DomainError } from '@inferq/domain'
import { until } from '@inferq/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { offersOf } from './offers.ts'
import { type Caller, describedModel, startCaller } from './recognition.fixture.ts'

let own: Caller
let foreign: Caller
beforeAll(async () => {
  own = await startCaller()
  foreign = await startCaller()
})

const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)

describe('public specifications', () => {
  it('appear by themselves as workers tell of models, two for a model that does both jobs', async () => {
    expect(await own.send('GET', '/recognition/public')).toEqual({
      status: 200,
      data: { count: 0, next: null, previous: null, results: [] },
    })
    await own.announce(describedModel('coco', ['cat', 'dog'], { job: 'detect.image', exclusive: false }))
    await own.announce(describedModel('coco', ['cat', 'dog'], { exclusive: false }), describedModel('Org/ViT', ['a']))
    const { data } = await own.send('GET', '/recognition/public/?public=1&offset=0&limit=2')
    expect(data).toMatchObject({ count: 3, previous: null })
    expect(data.next).toMatch(/^http:\/\/[^/]+\/v0\.7\/recognition\/public\/\?public=1&offset=2&limit=2$/)
    expect(data.results.map(({ id }: { id: string }) => id)).toEqual(['coco', 'coco-boxes'])
    expect(Object.keys(data.results[0]).sort()).toEqual(['description', 'id', 'metadata', 'name', 'update_date'])
    expect((await foreign.send('GET', '/recognition/public')).data.count).toBe(0)
  })

  it('say their labels, whether there are boxes, and the network that own versions are made of', async () => {
    const { data: boxes } = await own.send('GET', '/recognition/public/coco-boxes')
    expect(boxes).toEqual({
      id: 'coco-boxes',
      name: 'coco',
      description: expect.stringContaining('box'),
      update_date: timestamp,
      metadata: { network_id: expect.any(Number) },
      outputs: [
        {
          labels: {
            roi: 'BBOX',
            exclusive: false,
            labels: [
              { id: 0, name: 'cat' },
              { id: 1, name: 'dog' },
            ],
          },
        },
      ],
    })
    const { data: plain } = await own.send('GET', '/recognition/public/coco/')
    expect(plain).toMatchObject({ metadata: boxes.metadata, outputs: [{ labels: { roi: 'NONE', exclusive: false } }] })
    const { data: other } = await own.send('GET', '/recognition/public/org-vit')
    expect(other).toMatchObject({ name: 'Org/ViT', outputs: [{ labels: { exclusive: true } }] })
    expect(other.metadata).not.toEqual(boxes.metadata)
    expect(await own.send('GET', '/recognition/public/coco-boxes')).toEqual({ status: 200, data: boxes })
  })

  it('that nobody has are 404', async () => {
    expect(await own.send('GET', '/recognition/public/unknown')).toEqual({
      status: 404,
      data: { error: 'there is no public specification "unknown"' },
    })
    expect((await foreign.send('GET', '/recognition/public/coco')).status).toBe(404)
  })

  it('are those last seen while what workers say cannot be read', async () => {
    const { services, caller } = own.call
    const refusals: string[] = []
    let isAway = false
    const imageModels = async (company: string) => {
      if (!isAway) return services.imageModels(company)
      refusals.push(company)
      throw new DomainError('QUEUE_UNREACHABLE', 'away')
    }
    const call = { services: { ...services, imageModels }, caller }
    const offers = await offersOf(call)
    expect(offers).toHaveLength(3)
    isAway = true
    const askedAgain = async () => {
      expect(await offersOf(call)).toEqual(offers)
      return refusals.length > 1
    }
    await until(askedAgain, { what: 'what is remembered to be looked up again' })
    await expect(offersOf({ ...call, services: { ...services, imageModels } })).rejects.toThrow('away')
  })
})
