import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('projects.get_by_id', () => {
  it('success: shows the whole project, a hidden or public one too', async () => {
    const { id } = await clearml.ok('projects.create', { name: 'hidden one', system_tags: ['hidden'] })
    const { project } = await clearml.ok('projects.get_by_id', { project: id })
    expect(project).toEqual({
      id,
      name: 'hidden one',
      basename: 'hidden one',
      description: '',
      user: clearml.user.id,
      company: clearml.company,
      created: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\+00:00$/),
      last_update: expect.stringMatching(/\+00:00$/),
      tags: [],
      system_tags: ['hidden'],
    })
    const owner = { company: '', user: clearml.user.id }
    const open = await clearml.store.projects.ensureProject(owner, `public ${clearml.company}`)
    expect(await clearml.ok('projects.get_by_id', { project: open.id })).toMatchObject({ project: { company: '' } })
  })

  it('refusal: an unknown project and one of another company are equally absent', async () => {
    const other = await clearml.another({ company: 'new' })
    const { id } = await other.ok('projects.create', { name: 'theirs' })
    for (const project of [id, 'f'.repeat(32), 'no id']) {
      expect(await clearml.call('projects.get_by_id', { project })).toMatchObject({
        status: 400,
        subcode: 401,
        data: {},
      })
    }
  })

  it('wrong input: a project that is missing or no text is refused', async () => {
    for (const body of [{}, { project: null }, { project: 1 }, { project: ['a'] }]) {
      expect(await clearml.call('projects.get_by_id', body)).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
