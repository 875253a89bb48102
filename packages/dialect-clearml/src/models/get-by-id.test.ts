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
        created: expect.stringMatching(/\+00:00$/),
        last_update: expect.stringMatching(/\+00:00$/),
      },
    })
    const { model } = await clearml.ok('models.get_by_id', { model: id }, { version: '2.13' })
    expect(model.metadata).toEqual([])
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
