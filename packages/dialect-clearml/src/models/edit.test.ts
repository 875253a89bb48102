import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const create = async (more: object = {}): Promise<string> =>
  (await clearml.ok('models.create', { name: 'weights', uri: 'file:///w', ...more })).id
const find = async (model: string) => (await clearml.ok('models.get_by_id', { model })).model

describe('models.edit', () => {
  it('success: changes what is given, says so, and leaves the rest', async () => {
    const model = await create({ comment: 'kept', labels: { cat: 1 } })
    const given = { uri: 'file:///v2', framework: 'ONNX', labels: { dog: 5 }, design: { a: 1 }, tags: ['a', 'b'] }
    expect(await clearml.ok('models.edit', { model, ...given, name: null })).toEqual({ updated: 1, fields: given })
    expect(await find(model)).toMatchObject({ ...given, name: 'weights', comment: 'kept' })
    expect(await clearml.ok('models.edit', { model })).toEqual({ updated: 0, fields: {} })
  })

  it('success: an iteration says how far the task that made it has come', async () => {
    const task = (await clearml.ok('tasks.create', { name: 'trainer', type: 'training' })).id
    const model = await create({ task })
    const iterationOf = async () => (await clearml.ok('tasks.get_by_id', { task })).task.last_iteration
    await clearml.ok('models.edit', { model, iteration: 7 })
    await clearml.ok('models.edit', { model, iteration: 5 })
    expect(await iterationOf()).toBe(7)
    await clearml.ok('models.edit', { model, task: '', iteration: 9 })
    expect((await find(model)).task).toBeUndefined()
  })

  it('refusal: unknown, foreign and public models, and projects that are not there', async () => {
    const other = await clearml.another({ company: 'new' })
    const foreign = (await other.ok('models.create', { name: 'weights', uri: 'file:///w' })).id
    const codes = async (body: object) => {
      const { status, subcode } = await clearml.call('models.edit', { comment: 'x', ...body })
      return [status, subcode]
    }
    expect(await codes({ model: 'f'.repeat(32) })).toEqual([400, 201])
    expect(await codes({ model: foreign })).toEqual([400, 201])
    expect(await codes({ model: await create({ public: true }) })).toEqual([403, 21])
    expect(await codes({ model: await create(), project: 'f'.repeat(32) })).toEqual([400, 16])
  })

  it('wrong input: fields that cannot be change nothing', async () => {
    const model = await create()
    const before = await find(model)
    const code = async (body: object) => (await clearml.call('models.edit', { model, comment: 'x', ...body })).subcode
    expect(await code({ name: 'w' })).toBe(800)
    expect(await code({ labels: { a: 1, b: 1 } })).toBe(800)
    expect(await code({ iteration: 1.5 })).toBe(12)
    expect(await code({ model: null })).toBe(12)
    expect(await code({ system_tags: ['__$x'] })).toBe(16)
    expect(await find(model)).toEqual(before)
  })
})
