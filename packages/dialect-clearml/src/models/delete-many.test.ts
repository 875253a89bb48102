import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const create = async (more: object = {}): Promise<string> =>
  (await clearml.ok('models.create', { name: 'weights', uri: 'file:///w', ...more })).id
const unknownId = 'f'.repeat(32)

describe('models.delete_many', () => {
  it('success: deletes each and says where its file lies', async () => {
    const [one, two] = [await create({ uri: 'file:///1' }), await create({ uri: 'file:///2' })]
    expect(await clearml.ok('models.delete_many', { ids: [one, two] })).toEqual({
      succeeded: [
        { id: one, deleted: true, url: 'file:///1' },
        { id: two, deleted: true, url: 'file:///2' },
      ],
      failed: [],
    })
    expect(await clearml.ok('models.get_all', { id: [one, two] })).toEqual({ models: [] })
  })

  it('success: by force also what tasks take as input, which then say so', async () => {
    const model = await create()
    const models = { input: [{ name: 'in', model }] }
    const task = (await clearml.ok('tasks.create', { name: 'trainer', type: 'training', models })).id
    const { succeeded } = await clearml.ok('models.delete_many', { ids: [model], force: true })
    expect(succeeded).toMatchObject([{ id: model, deleted: true }])
    const shown = (await clearml.ok('tasks.get_by_id', { task })).task.models.input
    expect(shown).toMatchObject([{ model: `__DELETED__${model}` }])
  })

  it('refusal: what cannot be deleted is listed as failed, and the others are gone', async () => {
    const [used, free] = [await create(), await create()]
    const models = { input: [{ name: 'in', model: used }] }
    await clearml.ok('tasks.create', { name: 'trainer', type: 'training', models })
    const { succeeded, failed } = await clearml.ok('models.delete_many', { ids: [used, free, free, unknownId] })
    expect(succeeded).toMatchObject([{ id: free, deleted: true }])
    expect(failed).toMatchObject([
      { id: used, error: { codes: [400, 205] } },
      { id: free, error: { codes: [400, 201], data: { id: free } } },
      { id: unknownId, error: { codes: [400, 201] } },
    ])
  })

  it('wrong input: a list that is missing, empty or holds no texts is refused', async () => {
    for (const body of [{}, { ids: [] }, { ids: [1] }]) {
      expect(await clearml.call('models.delete_many', body)).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
