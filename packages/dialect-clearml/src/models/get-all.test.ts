import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
const made: Record<string, string> = {}
let project: string
let task: string
beforeAll(async () => {
  clearml = await startClearml()
  project = (await clearml.ok('projects.create', { name: 'top/below' })).id
  task = (await clearml.ok('tasks.create', { name: 'trainer', type: 'training' })).id
  for (const [name, more] of [
    ['alpha', { tags: ['x'], framework: 'ONNX', uri: 'file:///a', ready: true }],
    ['beta', { tags: ['x', 'y'], uri: 'file:///b', project }],
    ['gamma', { uri: 'file:///c', task, comment: 'The best' }],
  ] as const) {
    made[name] = (await clearml.ok('models.create', { name, ...more })).id
  }
})

const names = async (body: object): Promise<string[]> => {
  const { models } = await clearml.ok('models.get_all', { order_by: ['name'], ...body })
  const own = models.filter(({ id }: { id: string }) => Object.values(made).includes(id))
  return own.map(({ name }: { name: string }) => name)
}

describe('models.get_all', () => {
  it('success: lists whole models, or the fields that are asked for', async () => {
    const { models } = await clearml.ok('models.get_all', { id: [made.beta] })
    expect(models).toEqual([(await clearml.ok('models.get_by_id', { model: made.beta })).model])
    const body = { id: [made.alpha, made.gamma], only_fields: ['name'], order_by: ['-name'] }
    expect((await clearml.ok('models.get_all', body)).models).toEqual([
      { id: made.gamma, name: 'gamma' },
      { id: made.alpha, name: 'alpha' },
    ])
  })

  it('success: finds by every field that a model is known by', async () => {
    expect(await names({ name: '^al' })).toEqual(['alpha'])
    expect(await names({ tags: ['x', '-y'] })).toEqual(['alpha'])
    expect(await names({ framework: ['ONNX'] })).toEqual(['alpha'])
    expect(await names({ uri: ['file:///b'] })).toEqual(['beta'])
    expect(await names({ ready: true })).toEqual(['alpha'])
    expect(await names({ task: [task] })).toEqual(['gamma'])
    expect(await names({ user: [clearml.user.id] })).toEqual(['alpha', 'beta', 'gamma'])
    expect(await names({ _any_: { pattern: 'BEST', fields: ['name', 'comment'] } })).toEqual(['gamma'])
  })

  it('success: finds what is in a project and, when asked, below it', async () => {
    const { parent } = (await clearml.ok('projects.get_by_id', { project })).project
    expect(await names({ project: [project] })).toEqual(['beta'])
    expect(await names({ project: [parent] })).toEqual([])
    expect(await names({ project: [parent], include_subprojects: true })).toEqual(['beta'])
  })

  it('success: scrolls to the end', async () => {
    const body = { id: Object.values(made), order_by: ['name'], size: 2, only_fields: ['name'] }
    const first = await clearml.ok('models.get_all', { ...body, scroll_id: null })
    const second = await clearml.ok('models.get_all', { ...body, scroll_id: first.scroll_id })
    expect([first.models.length, second.models.length]).toEqual([2, 1])
  })

  it('refusal: what belongs to another company is not there', async () => {
    const other = await clearml.another({ company: 'new' })
    expect(await other.ok('models.get_all', { id: Object.values(made) })).toEqual({ models: [] })
  })

  it('wrong input: malformed conditions are refused', async () => {
    const code = async (body: object) => (await clearml.call('models.get_all', body)).subcode
    expect(await code({ name: '(' })).toBe(21)
    expect(await code({ tags: [1] })).toBe(16)
    expect(await code({ only_fields: ['nothing'] })).toBe(14)
    expect(await code({ page_size: 0 })).toBe(12)
  })
})
