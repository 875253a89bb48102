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

describe('models.update', () => {
  it('success: changes what is given, says so, and leaves the rest', async () => {
    const project = (await clearml.ok('projects.create', { name: 'updated models' })).id
    const model = await create({ framework: 'ONNX', labels: { cat: 1 } })
    const given = { name: 'renamed', comment: 'c', tags: ['a', 'b'], system_tags: ['s'], ready: true, project }
    const seen = { ui_cache: { chart: { open: [1] } }, created: '2020-01-02T03:04:05.678+00:00' }
    const body = { model, ...given, ...seen, uri: 'file:///ignored', framework: 'ignored' }
    expect(await clearml.ok('models.update', body)).toEqual({ updated: 1, fields: { ...given, ...seen } })
    expect(await find(model)).toMatchObject({ ...given, ...seen, uri: 'file:///w', framework: 'ONNX' })
    expect(await clearml.ok('models.update', { model, comment: null })).toEqual({ updated: 0, fields: {} })
    expect((await find(model)).ready).toBe(true)
  })

  it('success: an iteration says how far the task that made it has come', async () => {
    const task = (await clearml.ok('tasks.create', { name: 'trainer', type: 'training' })).id
    const model = await create()
    await clearml.ok('models.update', { model, task, iteration: 7 })
    expect((await find(model)).task).toBe(task)
    expect((await clearml.ok('tasks.get_by_id', { task })).task.last_iteration).toBe(7)
  })

  it('refusal: unknown, foreign and public models, and projects and tasks that are not there', async () => {
    const other = await clearml.another({ company: 'new' })
    const foreign = (await other.ok('models.create', { name: 'weights', uri: 'file:///w' })).id
    const codes = async (body: object) => {
      const { status, subcode } = await clearml.call('models.update', { comment: 'x', ...body })
      return [status, subcode]
    }
    expect(await codes({ model: unknownId })).toEqual([400, 201])
    expect(await codes({ model: foreign })).toEqual([400, 201])
    expect(await codes({ model: await create({ public: true }) })).toEqual([403, 21])
    expect(await codes({ model: await create(), project: unknownId })).toEqual([400, 16])
    expect(await codes({ model: await create(), task: unknownId })).toEqual([400, 101])
  })

  it('wrong input: fields that cannot be change nothing', async () => {
    const model = await create()
    const before = await find(model)
    const code = async (body: object) => (await clearml.call('models.update', { model, comment: 'x', ...body })).subcode
    expect(await code({ name: 'w' })).toBe(800)
    expect(await code({ iteration: 1.5 })).toBe(12)
    expect(await code({ created: 'some day' })).toBe(12)
    expect(await code({ ui_cache: [] })).toBe(12)
    expect(await code({ model: null })).toBe(12)
    expect(await code({ tags: ['__$x'] })).toBe(16)
    expect(await find(model)).toEqual(before)
  })
})
