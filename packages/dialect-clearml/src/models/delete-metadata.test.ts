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

describe('models.delete_metadata', () => {
  it('success: deletes these keys and passes over what is not there', async () => {
    const model = await create()
    await clearml.ok('models.add_or_update_metadata', { model, metadata: [item('a', '1'), item('b', '1')] })
    expect(await clearml.ok('models.delete_metadata', { model, keys: ['a', 'x'] })).toEqual({ updated: 1 })
    expect((await find(model)).metadata).toEqual({ b: item('b', '1') })
  })

  it('refusal: an unknown model, and a public one', async () => {
    const code = async (model: string) => {
      const answer = await clearml.call('models.delete_metadata', { model, keys: ['a'] })
      return [answer.status, answer.subcode]
    }
    expect(await code(unknownId)).toEqual([400, 201])
    expect(await code(await create({ public: true }))).toEqual([403, 21])
  })

  it('wrong input: keys that are missing, empty or no texts are refused', async () => {
    const model = await create()
    for (const body of [{ model }, { model, keys: [] }, { model, keys: [1] }, { keys: ['a'] }]) {
      expect(await clearml.call('models.delete_metadata', body)).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
