import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const create = async (more: object = {}): Promise<string> =>
  (await clearml.ok('models.create', { name: 'weights', uri: 'file:///w', ...more })).id
const createTask = async (more: object = {}): Promise<string> =>
  (await clearml.ok('tasks.create', { name: 'trainer', type: 'training', ...more })).id
const find = async (task: string) => (await clearml.ok('tasks.get_by_id', { task })).task

describe('models.delete', () => {
  it('success: deletes a model and says where its file lies', async () => {
    const model = await create()
    expect(await clearml.ok('models.delete', { model })).toEqual({ deleted: true, url: 'file:///w' })
    expect(await clearml.call('models.get_by_id', { model })).toMatchObject({ subcode: 201 })
  })

  it('success: tasks that named it say that it was deleted', async () => {
    const [model, kept] = [await create(), await create()]
    const input = [kept, model].map((id, place) => ({ name: `m${place}`, model: id }))
    const user = await createTask({ models: { input } })
    const maker = await createTask({ models: { output: [{ name: 'out', model }] } })
    await clearml.ok('models.delete', { model, force: true })
    const named = (items: { model: string }[]) => items.map((item) => item.model)
    expect(named((await find(user)).models.input)).toEqual([kept, `__DELETED__${model}`])
    expect(named((await find(maker)).models.output)).toEqual([`__DELETED__${model}`])
  })

  it('refusal: a model that a task takes as input, or whose task is published, goes only by force', async () => {
    const used = await create()
    await createTask({ models: { input: [{ name: 'in', model: used }] } })
    expect(await clearml.call('models.delete', { model: used })).toMatchObject({ status: 400, subcode: 205 })
    const task = await createTask()
    const made = await create({ task })
    await clearml.ok('tasks.publish', { task, force: true })
    expect(await clearml.call('models.delete', { model: made })).toMatchObject({ status: 400, subcode: 206 })
    for (const model of [used, made]) {
      expect(await clearml.ok('models.delete', { model, force: true })).toMatchObject({ deleted: true })
    }
  })

  it('refusal: unknown, foreign and public models', async () => {
    const other = await clearml.another({ company: 'new' })
    const foreign = (await other.ok('models.create', { name: 'weights', uri: 'file:///w' })).id
    for (const model of [foreign, 'f'.repeat(32)]) {
      expect(await clearml.call('models.delete', { model, force: true })).toMatchObject({ status: 400, subcode: 201 })
    }
    const model = await create({ public: true })
    expect(await clearml.call('models.delete', { model })).toMatchObject({ status: 403, subcode: 21 })
  })

  it('wrong input: a model that is missing or no text is refused', async () => {
    for (const body of [{}, { model: 1 }]) {
      expect(await clearml.call('models.delete', body)).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
