import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const create = async (more: object = {}): Promise<string> =>
  (await clearml.ok('models.create', { name: 'weights', uri: 'file:///w', ...more })).id
const find = async (model: string) => (await clearml.ok('models.get_by_id', { model })).model
const unknownId = 'f'.repeat(32)

describe('models.unarchive_many', () => {
  it('success: takes each out again, whether it was away or not', async () => {
    const [away, here] = [await create({ system_tags: ['archived', 'kept'] }), await create()]
    expect(await clearml.ok('models.unarchive_many', { ids: [away, here] })).toEqual({
      succeeded: [away, here].map((id) => ({ id, unarchived: true })),
      failed: [],
    })
    expect((await find(away)).system_tags).toEqual(['kept'])
    expect((await find(here)).system_tags).toEqual([])
  })

  it('refusal: one that is unknown or public is listed as failed, and the others are done', async () => {
    const [own, open] = [await create({ system_tags: ['archived'] }), await create({ public: true })]
    const { succeeded, failed } = await clearml.ok('models.unarchive_many', { ids: [unknownId, open, own] })
    expect(succeeded).toEqual([{ id: own, unarchived: true }])
    expect(failed).toMatchObject([
      { id: unknownId, error: { codes: [400, 201] } },
      { id: open, error: { codes: [403, 21] } },
    ])
  })

  it('wrong input: a list that is missing, empty or holds no texts is refused', async () => {
    for (const body of [{}, { ids: [] }, { ids: [1] }]) {
      expect(await clearml.call('models.unarchive_many', body)).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
