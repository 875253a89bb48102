import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { expectOwnOnly, makeProject, makeTask, readTask, unknownTask } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('tasks.move', () => {
  it('success: puts tasks into a project, and is no update of their work', async () => {
    const project = await makeProject(clearml, 'move/a')
    const ids = [await makeTask(clearml), await makeTask(clearml)]
    const before = await readTask(clearml, ids[0] as string)
    expect(await clearml.ok('tasks.move', { ids, project })).toEqual({ project_id: project })
    for (const id of ids) expect((await readTask(clearml, id)).project).toBe(project)
    expect((await readTask(clearml, ids[0] as string)).last_update).toBe(before.last_update)
  })

  it('success: makes the project of a path and its parents where there is none', async () => {
    const id = await makeTask(clearml)
    const { project_id } = await clearml.ok('tasks.move', { ids: [id], project_name: 'move new/b/c' })
    expect((await readTask(clearml, id)).project).toBe(project_id)
    const { projects } = clearml.services
    expect(await projects.findProjectByName(clearml.company, 'move new/b/c')).toMatchObject({ id: project_id })
    expect(await projects.findProjectByName(clearml.company, 'move new/b')).not.toBeNull()
  })

  it('success: a project of null is none, and a project wins over a name', async () => {
    const project = await makeProject(clearml, 'move/d')
    const id = await makeTask(clearml)
    expect(await clearml.ok('tasks.move', { ids: [id], project, project_name: 'not made' })).toEqual({
      project_id: project,
    })
    expect(await clearml.services.projects.findProjectByName(clearml.company, 'not made')).toBeNull()
    expect(await clearml.ok('tasks.move', { ids: [id], project: null, project_name: 'not made' })).toEqual({
      project_id: null,
    })
    expect(await readTask(clearml, id)).not.toHaveProperty('project')
  })

  it("refusal: an unknown task, another company's, and a public one, and no task is moved", async () => {
    const project = await makeProject(clearml, 'move/e')
    await expectOwnOnly(clearml, 'tasks.move', (task, own) => ({ ids: [own, task], project }))
  })

  it("refusal: an unknown project, and another company's", async () => {
    const id = await makeTask(clearml)
    const other = await clearml.another({ company: 'new' })
    const foreign = await makeProject(clearml, 'move/f', other.company)
    for (const project of [unknownTask, 'nonsense', foreign]) {
      expect(await clearml.call('tasks.move', { ids: [id], project })).toMatchObject({ status: 400, subcode: 401 })
    }
  })

  it('refusal: a public project', async () => {
    const id = await makeTask(clearml)
    const project = await makeProject(clearml, 'move everybody', '')
    expect(await clearml.call('tasks.move', { ids: [id], project })).toMatchObject({ status: 403, subcode: 21 })
  })

  it.each([
    ['neither project nor project_name', {}, 11],
    ['an empty path', { project_name: ' / ' }, 407],
    ['no ids', { ids: [], project: null }, 12],
    ['a project that is no text', { project: 1 }, 12],
  ])('wrong input: %s', async (_what, fields, subcode) => {
    const id = await makeTask(clearml)
    expect(await clearml.call('tasks.move', { ids: [id], ...fields })).toMatchObject({ status: 400, subcode })
  })
})
