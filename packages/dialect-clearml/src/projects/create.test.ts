import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('projects.create', () => {
  it('success: makes the project with all that is said of it, and the parents of its path', async () => {
    const about = {
      description: 'faces',
      tags: ['b', 'a'],
      system_tags: ['pipeline'],
      default_output_destination: 's3://bucket',
    }
    const { id } = await clearml.ok('projects.create', { name: ' vision / faces//v2 ', ...about })
    const { project } = await clearml.ok('projects.get_by_id', { project: id })
    expect(project).toMatchObject({ ...about, id, name: 'vision/faces/v2', basename: 'v2', tags: ['a', 'b'] })
    expect(project).toMatchObject({ company: clearml.company, user: clearml.user.id })
    const parent = await clearml.ok('projects.get_by_id', { project: project.parent })
    expect(parent.project).toMatchObject({ name: 'vision/faces', basename: 'faces', tags: [] })
  })

  it('success: the same name is free in every company', async () => {
    const other = await clearml.another({ company: 'new' })
    await clearml.ok('projects.create', { name: 'in two companies' })
    expect(await other.ok('projects.create', { name: 'in two companies' })).toEqual({ id: expect.any(String) })
  })

  it('refusal: a name is given once, also as the parent of another', async () => {
    await clearml.ok('projects.create', { name: 'taken/below' })
    for (const name of ['taken', 'taken/below', '/taken/ below/']) {
      expect(await clearml.call('projects.create', { name })).toMatchObject({ status: 400, subcode: 801 })
    }
  })

  it('wrong input: a name that is missing, empty, too short or no text is refused, and nothing is made', async () => {
    const codes = async (body: object) => {
      const { status, subcode } = await clearml.call('projects.create', body)
      return [status, subcode]
    }
    expect(await codes({})).toEqual([400, 11])
    expect(await codes({ name: ' / / ' })).toEqual([400, 407])
    expect(await codes({ name: ' ab ' })).toEqual([400, 800])
    expect(await codes({ name: 7 })).toEqual([400, 12])
    expect(await codes({ name: 'x'.repeat(501) })).toEqual([400, 12])
    expect(await codes({ name: 'wrong tags', tags: 'a' })).toEqual([400, 12])
    expect(await codes({ name: 'wrong tags', tags: ['__$a'] })).toEqual([400, 16])
    expect(await clearml.store.projects.findProjectByName(clearml.company, 'wrong tags')).toBeNull()
  })
})
