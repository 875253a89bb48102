import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const weights = { name: 'weights', uri: 'file:///w' }

describe('models.create', () => {
  it('success: keeps all that is said of the model', async () => {
    const project = (await clearml.ok('projects.create', { name: 'models' })).id
    const task = (await clearml.ok('tasks.create', { name: 'trainer', type: 'training' })).id
    const given = {
      comment: 'c',
      tags: ['a', 'b'],
      system_tags: ['s'],
      framework: 'ONNX',
      design: { layers: [1, { deep: null }] },
      labels: { cat: 1, dog: 2 },
      ready: true,
      ...{ project, task },
      parent: 'a'.repeat(32),
    }
    const { id, created } = await clearml.ok('models.create', { ...weights, ...given, name: ' weights ' })
    expect(created).toBe(true)
    const { model } = await clearml.ok('models.get_by_id', { model: id })
    expect(model).toMatchObject({ id, ...weights, ...given, company: clearml.company, user: clearml.user.id })
  })

  it('success: a public model is there for every company', async () => {
    const { id } = await clearml.ok('models.create', { ...weights, public: true })
    const other = await clearml.another({ company: 'new' })
    expect((await other.ok('models.get_by_id', { model: id })).model).toMatchObject({ id, company: '', ready: false })
  })

  it('refusal: unknown and foreign projects and tasks', async () => {
    const other = await clearml.another({ company: 'new' })
    const foreign = (await other.ok('tasks.create', { name: 'theirs', type: 'training' })).id
    const codes = async (body: object) => {
      const { status, subcode } = await clearml.call('models.create', { ...weights, ...body })
      return [status, subcode]
    }
    expect(await codes({ project: 'f'.repeat(32) })).toEqual([400, 16])
    expect(await codes({ task: foreign })).toEqual([400, 101])
    expect(await codes({ task: 'no id' })).toEqual([400, 101])
  })

  it('wrong input: names, labels and tags that cannot be are refused', async () => {
    const code = async (body: object) => (await clearml.call('models.create', { ...weights, ...body })).subcode
    expect(await code({ uri: null })).toBe(12)
    expect(await code({ name: null })).toBe(12)
    expect(await code({ name: ' w ' })).toBe(800)
    expect(await code({ labels: { cat: 1, dog: 1 } })).toBe(800)
    expect(await code({ labels: { cat: 'one' } })).toBe(12)
    expect(await code({ tags: ['__$not'] })).toBe(16)
    expect(await code({ design: [] })).toBe(12)
  })
})
