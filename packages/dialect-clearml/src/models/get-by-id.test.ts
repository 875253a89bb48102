import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('models.get_by_id', () => {
  it('success: shows the whole model with plain ids', async () => {
    const { id } = await clearml.ok('models.create', { name: 'weights', uri: 'file:///w' })
    expect(await clearml.ok('models.get_by_id', { model: id })).toEqual({
      model: {
        ...{ id, name: 'weights', uri: 'file:///w', user: clearml.user.id, company: clearml.company },
        ...{ comment: '', tags: [], system_tags: [], ready: false, labels: {}, design: {}, metadata: {} },
        ...{ last_iteration: 0, last_metrics: {} },
        created: expect.stringMatching(/\+00:00$/),
        last_update: expect.stringMatching(/\+00:00$/),
      },
    })
    const { model } = await clearml.ok('models.get_by_id', { model: id }, { version: '2.13' })
    expect(model.metadata).toEqual([])
  })

  it('success: shows how far its own events have come', async () => {
    const { id } = await clearml.ok('models.create', { name: 'weights', uri: 'file:///w' })
    const last_metrics = { m: { v: { metric: 'loss', variant: 'x', value: 0.5 } } }
    const batch = { lines: [], points: [], shown: [] }
    const reached = { lastIteration: 7, lastMetrics: last_metrics }
    await clearml.services.events.addToModel(clearml.company, id, batch, () => reached)
    expect((await clearml.ok('models.get_by_id', { model: id })).model).toMatchObject({
      last_iteration: 7,
      last_metrics,
    })
    const found = async (range: (number | null)[]) =>
      (await clearml.ok('models.get_all', { id: [id], 'last_metrics.m.v.value': range })).models.length
    expect([await found([0.4, null]), await found([0.6, null])]).toEqual([1, 0])
  })

  it('refusal: an unknown model and one of another company are equally absent', async () => {
    const other = await clearml.another({ company: 'new' })
    const { id } = await other.ok('models.create', { name: 'weights', uri: 'file:///w' })
    for (const model of [id, 'f'.repeat(32), 'no id']) {
      expect(await clearml.call('models.get_by_id', { model })).toMatchObject({ status: 400, subcode: 201 })
    }
  })

  it('wrong input: a model that is missing or no text is refused', async () => {
    for (const body of [{}, { model: 1 }]) {
      expect(await clearml.call('models.get_by_id', body)).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
