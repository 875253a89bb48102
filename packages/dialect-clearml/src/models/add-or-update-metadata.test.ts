import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const create = async (more: object = {}): Promise<string> =>
  (await clearml.ok('models.create', { name: 'weights', uri: 'file:///w', ...more })).id
const find = async (model: string) => (await clearml.ok('models.get_by_id', { model })).model
const item = (key: string, value: string) => ({ key, type: 'string', value })
const unknownId = 'f'.repeat(32)

describe('models.add_or_update_metadata', () => {
  it('success: adds new keys, overwrites known ones, keeps the others', async () => {
    const model = await create()
    const add = (...metadata: object[]) => clearml.ok('models.add_or_update_metadata', { model, metadata })
    expect(await add(item('a', '1'), item('b', '1'))).toEqual({ updated: 1 })
    expect(await add(item('b', '2'), item('c.d $', '2'), { key: 'only a key' })).toEqual({ updated: 1 })
    const expected = { a: item('a', '1'), b: item('b', '2'), 'c.d $': item('c.d $', '2') }
    expect((await find(model)).metadata).toEqual({ ...expected, 'only a key': { key: 'only a key' } })
    const found = await clearml.ok('models.get_all', { id: [model], 'metadata.b': ['2'], only_fields: ['metadata.b'] })
    expect(found.models).toEqual([{ id: model, metadata: { b: item('b', '2') } }])
  })

  it('success: replaces all of it when asked', async () => {
    const model = await create()
    await clearml.ok('models.add_or_update_metadata', { model, metadata: [item('a', '1')] })
    const body = { model, metadata: [item('b', '1')], replace_metadata: true }
    expect(await clearml.ok('models.add_or_update_metadata', body)).toEqual({ updated: 1 })
    expect((await find(model)).metadata).toEqual({ b: item('b', '1') })
  })

  it('success: loses nothing of what others add at the same time', async () => {
    const model = await create()
    const keys = ['a', 'b', 'c', 'd', 'e', 'f']
    const add = (key: string) => clearml.ok('models.add_or_update_metadata', { model, metadata: [item(key, '1')] })
    await Promise.all(keys.map(add))
    expect(Object.keys((await find(model)).metadata).sort()).toEqual(keys)
  })

  it('refusal: an unknown model, another company’s, and a public one', async () => {
    const other = await clearml.another({ company: 'new' })
    const foreign = (await other.ok('models.create', { name: 'weights', uri: 'file:///w' })).id
    const code = async (model: string) => {
      const answer = await clearml.call('models.add_or_update_metadata', { model, metadata: [item('a', '1')] })
      return [answer.status, answer.subcode]
    }
    expect(await code(unknownId)).toEqual([400, 201])
    expect(await code(foreign)).toEqual([400, 201])
    expect(await code(await create({ public: true }))).toEqual([403, 21])
  })

  it.each([
    ['no model', { model: undefined }],
    ['no metadata', { metadata: undefined }],
    ['an empty list', { metadata: [] }],
    ['an item without a key', { metadata: [{ value: '1' }] }],
    ['an item with an empty key', { metadata: [item('', '1')] }],
    ['a value that is no text', { metadata: [{ key: 'a', value: 1 }] }],
  ])('wrong input: %s', async (_what, fields) => {
    const model = await create()
    const body = { model, metadata: [item('a', '1')], ...fields }
    expect(await clearml.call('models.add_or_update_metadata', body)).toMatchObject({ status: 400, subcode: 12 })
    expect((await find(model)).metadata).toEqual({})
  })
})
