import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
const made: Record<string, string> = {}
beforeAll(async () => {
  clearml = await startClearml()
  for (const [name, more] of [
    ['lab', { description: 'The lab', tags: ['x'] }],
    ['lab/a.b-c', { tags: ['x', 'y'] }],
    ['lab/a.b-c/deep', {}],
    ['other', { system_tags: ['pipeline'] }],
    ['secret', { system_tags: ['hidden'] }],
  ] as const) {
    made[name] = (await clearml.ok('projects.create', { name, ...more })).id
  }
})

const names = async (body: object): Promise<string[]> => {
  const { projects } = await clearml.ok('projects.get_all', { allow_public: false, ...body })
  return projects.map(({ name }: { name: string }) => name)
}

describe('projects.get_all', () => {
  it('success: lists whole projects, hidden ones only when they are asked for', async () => {
    expect(await names({ order_by: ['name'] })).toEqual(['lab', 'lab/a.b-c', 'lab/a.b-c/deep', 'other'])
    expect(await names({ search_hidden: true })).toContain('secret')
    expect(await names({ id: [made.secret] })).toEqual(['secret'])
    const { projects } = await clearml.ok('projects.get_all', { id: made.lab })
    expect(projects).toEqual([(await clearml.ok('projects.get_by_id', { project: made.lab })).project])
  })

  it('success: finds by a regular expression on the whole path, as the SDK escapes it', async () => {
    const body = { name: '^lab/a\\.b\\-c$', only_fields: ['id'], search_hidden: true }
    expect(await clearml.ok('projects.get_all', body)).toEqual({ projects: [{ id: made['lab/a.b-c'] }] })
    expect(await names({ name: 'a.b', order_by: ['-name'] })).toEqual(['lab/a.b-c/deep', 'lab/a.b-c'])
    expect(await names({ basename: '^deep$' })).toEqual(['lab/a.b-c/deep'])
    expect(await names({ description: 'lab' })).toEqual(['lab'])
    expect(await names({ _any_: { pattern: 'THE LAB', fields: ['name', 'description'] } })).toEqual(['lab'])
  })

  it('success: finds the hidden project of a pipeline, and what is below it, as the SDK asks', async () => {
    const name = 'lab/.pipelines/two steps'
    const { id } = await clearml.ok('projects.create', { name, system_tags: ['pipeline', 'hidden'] })
    const body = { name: '^lab/\\.pipelines/two\\ steps$', only_fields: ['id'] }
    expect(await clearml.ok('projects.get_all', { ...body, search_hidden: true })).toEqual({ projects: [{ id }] })
    expect(await clearml.ok('projects.get_all', body)).toEqual({ projects: [] })
    const { project } = await clearml.ok('projects.get_by_id', { project: id })
    expect(project).toMatchObject({ name, basename: 'two steps', system_tags: ['hidden', 'pipeline'] })
    await clearml.ok('projects.update', { project: id, system_tags: ['pipeline', 'hidden', 'more'] })
    expect(await names({ system_tags: ['more'], search_hidden: true })).toEqual([name])
    await clearml.ok('projects.delete', { project: project.parent })
  })

  it('success: filters by tags, and pages', async () => {
    expect(await names({ tags: ['x', '-y'] })).toEqual(['lab'])
    expect(await names({ system_tags: ['pipeline'] })).toEqual(['other'])
    expect(await names({ order_by: ['name'], page: 1, page_size: 2 })).toEqual(['lab/a.b-c/deep', 'other'])
  })

  it('success: scrolls to the end', async () => {
    const body = { allow_public: false, order_by: ['name'], size: 3, only_fields: ['name'] }
    const first = await clearml.ok('projects.get_all', { ...body, scroll_id: null })
    expect(first.projects).toHaveLength(3)
    const second = await clearml.ok('projects.get_all', { ...body, scroll_id: first.scroll_id })
    expect(second.projects).toEqual([{ id: made.other, name: 'other' }])
  })

  it('success: a shallow search stays at one level, any other goes to the bottom', async () => {
    expect(await names({ shallow_search: true, order_by: ['name'] })).toEqual(['lab', 'other'])
    expect(await names({ shallow_search: true, parent: [made.lab] })).toEqual(['lab/a.b-c'])
    expect(await names({ parent: [made.lab], order_by: ['name'] })).toEqual(['lab/a.b-c', 'lab/a.b-c/deep'])
    expect(await names({ parent: ['f'.repeat(32)] })).toEqual([])
    expect(await names({ parent: [null], order_by: ['name'] })).toEqual(['lab', 'other'])
    expect(await names({ parent: [null, made.lab], order_by: ['name'] })).toHaveLength(4)
    expect(await names({ parent: [`-${made.lab}`], order_by: ['name'] })).toEqual(['lab', 'other'])
    expect(await names({ shallow_search: true, parent: [null, made.lab], order_by: ['name'] })).toEqual([
      ...['lab', 'lab/a.b-c', 'other'],
    ])
  })

  it('refusal: what belongs to another company is not there', async () => {
    const other = await clearml.another({ company: 'new' })
    expect(await other.ok('projects.get_all', { id: [made.lab] })).toEqual({ projects: [] })
    expect(await clearml.call('projects.get_all', {}, { headers: { authorization: undefined } })).toMatchObject({
      status: 401,
      subcode: 20,
    })
  })

  it('wrong input: malformed conditions are refused', async () => {
    const code = async (body: object) => (await clearml.call('projects.get_all', body)).subcode
    expect(await code({ name: '(' })).toBe(21)
    expect(await code({ name: 1 })).toBe(12)
    expect(await code({ tags: ['-'] })).toBe(16)
    expect(await code({ parent: [1] })).toBe(16)
    expect(await code({ page: -1 })).toBe(12)
    expect(await code({ only_fields: ['nothing'] })).toBe(14)
    expect(await code({ scroll_id: null })).toBe(12)
  })
})
