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

describe('models.archive_many', () => {
  it('success: puts each away once, and leaves its other tags', async () => {
    const [one, two] = [await create({ system_tags: ['kept'] }), await create()]
    expect(await clearml.ok('models.archive_many', { ids: [one, two, one] })).toEqual({
      succeeded: [one, two, one].map((id) => ({ id, archived: true })),
      failed: [],
    })
    expect((await find(one)).system_tags).toEqual(['archived', 'kept'])
    expect((await find(two)).system_tags).toEqual(['archived'])
  })

  it('refusal: one that is unknown, another company’s or public is listed as failed, and the others are done', async () => {
    const other = await clearml.another({ company: 'new' })
    const foreign = (await other.ok('models.create', { name: 'weights', uri: 'file:///w' })).id
    const [own, open] = [await create(), await create({ public: true })]
    const { succeeded, failed } = await clearml.ok('models.archive_many', { ids: [unknownId, foreign, open, own] })
    expect(succeeded).toEqual([{ id: own, archived: true }])
    expect(failed).toMatchObject([
      { id: unknownId, error: { codes: [400, 201], data: { id: unknownId } } },
      { id: foreign, error: { codes: [400, 201] } },
      { id: open, error: { codes: [403, 21] } },
    ])
    expect((await other.ok('models.get_by_id', { model: foreign })).model.system_tags).toEqual([])
    expect((await find(open)).system_tags).toEqual([])
  })

  it('wrong input: a list that is missing, empty or holds no texts is refused', async () => {
    for (const body of [{}, { ids: [] }, { ids: [1] }]) {
      expect(await clearml.call('models.archive_many', body)).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
