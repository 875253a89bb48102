import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const create = async (name: string, more: object = {}): Promise<string> =>
  (await clearml.ok('projects.create', { name, ...more })).id
const find = async (project: string) => (await clearml.ok('projects.get_by_id', { project })).project

describe('projects.update', () => {
  it('success: changes what is given, says so, and leaves the rest', async () => {
    const project = await create('update me', { description: 'old', tags: ['kept'] })
    const given = { description: 'new', system_tags: ['s'], default_output_destination: 'file:///x' }
    expect(await clearml.ok('projects.update', { project, ...given, unknown: 1, name: null })).toEqual({
      updated: 1,
      fields: given,
    })
    expect(await find(project)).toMatchObject({ ...given, name: 'update me', tags: ['kept'] })
  })

  it('success: a new name carries everything below along', async () => {
    const below = await create('renamed/one/deep')
    const { parent } = await find(below)
    expect(await clearml.ok('projects.update', { project: parent, name: ' renamed/ two' })).toEqual({
      updated: 1,
      fields: { name: 'renamed/two' },
    })
    expect(await find(below)).toMatchObject({ name: 'renamed/two/deep', basename: 'deep', parent })
  })

  it('refusal: a project stays where its path says', async () => {
    const project = await create('place/here')
    for (const name of ['here', 'elsewhere/here', 'place/here/below']) {
      expect(await clearml.call('projects.update', { project, name })).toMatchObject({ status: 400, subcode: 408 })
    }
  })

  it('refusal: names that are taken, unknown and foreign projects, and public ones', async () => {
    const project = await create('first name')
    await create('second name')
    const other = await clearml.another({ company: 'new' })
    const foreign = (await other.ok('projects.create', { name: 'theirs' })).id
    const owner = { company: '', user: clearml.user.id }
    const open = await clearml.store.projects.ensureProject(owner, `public ${clearml.company}`)
    const codes = async (body: object) => {
      const { status, subcode } = await clearml.call('projects.update', { description: 'x', ...body })
      return [status, subcode]
    }
    expect(await codes({ project, name: 'second name' })).toEqual([400, 801])
    expect(await codes({ project: 'f'.repeat(32) })).toEqual([400, 401])
    expect(await codes({ project: foreign })).toEqual([400, 401])
    expect(await codes({ project: open.id })).toEqual([403, 21])
    expect(await find(project)).toMatchObject({ name: 'first name', description: '' })
  })

  it('wrong input: bad names and fields of the wrong type change nothing', async () => {
    const project = await create('unchanged')
    const codes = async (body: object) => (await clearml.call('projects.update', { project, ...body })).subcode
    expect(await codes({ name: '/' })).toBe(407)
    expect(await codes({ name: 'ab' })).toBe(800)
    expect(await codes({ name: ['a'] })).toBe(12)
    expect(await codes({ project: null })).toBe(12)
    expect(await codes({ tags: ['__$x'] })).toBe(16)
    expect(await codes({ description: 1 })).toBe(12)
    expect(await find(project)).toMatchObject({ name: 'unchanged', description: '', tags: [] })
  })
})
