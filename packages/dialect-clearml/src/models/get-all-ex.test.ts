import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
const made: Record<string, string> = {}
let project: string
let task: string
beforeAll(async () => {
  clearml = await startClearml()
  project = (await clearml.ok('projects.create', { name: 'ex/models' })).id
  task = (await clearml.ok('tasks.create', { name: 'trainer', type: 'training' })).id
  for (const [name, more] of [
    ['alpha', { tags: ['x'], labels: { cat: 1, dog: 2 } }],
    ['beta', { tags: ['x', 'y'], project, task }],
    ['shared', { public: true }],
  ] as const) {
    made[name] = (await clearml.ok('models.create', { name, uri: 'file:///w', ...more })).id
  }
  made.gamma = (await clearml.ok('models.create', { name: 'gamma', uri: '', parent: made.beta })).id
})

const getAll = async (body: object) =>
  (await clearml.ok('models.get_all_ex', { id: Object.values(made), order_by: ['name'], ...body })).models
const names = async (body: object) => (await getAll(body)).map(({ name }: { name: string }) => name)

describe('models.get_all_ex', () => {
  it('success: has objects in place of ids, as deep as they are asked for', async () => {
    const [beta] = await getAll({ id: [made.beta] })
    const { model } = await clearml.ok('models.get_by_id', { model: made.beta })
    expect(beta).toEqual({
      ...model,
      ...{
        user: { id: clearml.user.id },
        company: { id: clearml.company },
        project: { id: project },
        task: { id: task },
      },
    })
    const only_fields = ['name', 'user.name', 'company.name', 'project.name', 'task.name', 'parent.name']
    expect(await getAll({ id: [made.beta, made.gamma], only_fields })).toMatchObject([
      { user: { name: clearml.user.name }, project: { id: project, name: 'ex/models' }, task: { name: 'trainer' } },
      { company: { name: clearml.user.companyName }, parent: { id: made.beta, name: 'beta' } },
    ])
  })

  it('success: counts the labels of each model when asked', async () => {
    expect(await getAll({ id: [made.alpha, made.beta], include_stats: true, only_fields: ['name'] })).toEqual([
      { id: made.alpha, name: 'alpha', stats: { labels_count: 2 } },
      { id: made.beta, name: 'beta', stats: { labels_count: 0 } },
    ])
  })

  it('success: filters, and leaves public models out when they are not wanted', async () => {
    expect(await names({})).toEqual(['alpha', 'beta', 'gamma', 'shared'])
    expect(await names({ allow_public: false })).toEqual(['alpha', 'beta', 'gamma'])
    expect(await names({ filters: { tags: { all: { include: ['x'], exclude: ['y'] } } } })).toEqual(['alpha'])
    expect(await names({ last_iteration: [1, null] })).toEqual([])
  })

  it('success: scrolls to the end, and gives older clients the metadata that they expect', async () => {
    const first = await clearml.ok('models.get_all_ex', { id: Object.values(made), size: 3, scroll_id: null })
    expect(first.models).toHaveLength(3)
    const body = { id: Object.values(made), size: 3, scroll_id: first.scroll_id }
    const second = await clearml.ok('models.get_all_ex', body, { version: '2.16' })
    expect(second.models).toMatchObject([{ metadata: [] }])
  })

  it('refusal: what belongs to another company is not there', async () => {
    const other = await clearml.another({ company: 'new' })
    const body = { id: Object.values(made), allow_public: false }
    expect(await other.ok('models.get_all_ex', body)).toEqual({ models: [] })
  })

  it('wrong input: malformed conditions are refused', async () => {
    const code = async (body: object) => (await clearml.call('models.get_all_ex', body)).subcode
    expect(await code({ name: '(' })).toBe(21)
    expect(await code({ filters: { name: {} } })).toBe(14)
    expect(await code({ filters: { tags: { some: {} } } })).toBe(12)
    expect(await code({ only_fields: ['nothing'] })).toBe(14)
    expect(await code({ scroll_id: null })).toBe(12)
  })
})
