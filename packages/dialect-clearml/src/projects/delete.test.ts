import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const create = async (name: string): Promise<string> => (await clearml.ok('projects.create', { name })).id
const createTask = async (project: string): Promise<string> =>
  (await clearml.ok('tasks.create', { name: 'a task', type: 'training', project })).id
const createModel = async (project: string): Promise<string> =>
  (await clearml.ok('models.create', { name: 'weights', uri: 'file:///w', project })).id
const nothing = {
  deleted_tasks: 0,
  deleted_models: 0,
  urls: { model_urls: [], artifact_urls: [], event_urls: [] },
}

describe('projects.delete', () => {
  it('success: deletes a project and what is below it', async () => {
    const below = await create('gone/below')
    const { project } = await clearml.ok('projects.get_by_id', { project: below })
    const deleted = { deleted: 2, disassociated_tasks: 0, ...nothing }
    expect(await clearml.ok('projects.delete', { project: project.parent })).toEqual(deleted)
    expect(await clearml.call('projects.get_by_id', { project: below })).toMatchObject({ subcode: 401 })
  })

  it('success: by force, tasks and models stay behind in no project', async () => {
    const project = await create('forced')
    const [task, model] = [await createTask(project), await createModel(project)]
    const deleted = { deleted: 1, disassociated_tasks: 1, ...nothing }
    expect(await clearml.ok('projects.delete', { project, force: true })).toEqual(deleted)
    expect((await clearml.ok('tasks.get_by_id', { task })).task.project).toBeUndefined()
    expect((await clearml.ok('models.get_by_id', { model })).model.project).toBeUndefined()
  })

  it('success: deletes the contents too when asked, and says where their files lie', async () => {
    const project = await create('with contents')
    const [task, model] = [await createTask(project), await createModel(project)]
    expect(await clearml.ok('projects.delete', { project, force: true, delete_contents: true })).toEqual({
      deleted: 1,
      disassociated_tasks: 0,
      deleted_tasks: 1,
      deleted_models: 1,
      urls: { model_urls: ['file:///w'], artifact_urls: [], event_urls: [] },
    })
    expect(await clearml.call('tasks.get_by_id', { task })).toMatchObject({ subcode: 101 })
    expect(await clearml.call('models.get_by_id', { model })).toMatchObject({ subcode: 201 })
  })

  it('refusal: while tasks or models are in it that are not archived', async () => {
    const project = await create('in use/by a task')
    const task = await createTask(project)
    const top = (await clearml.ok('projects.get_by_id', { project })).project.parent
    for (const body of [{ project: top }, { project, delete_contents: true }]) {
      expect(await clearml.call('projects.delete', body)).toMatchObject({ status: 400, subcode: 402 })
    }
    await clearml.ok('tasks.archive', { tasks: [task] })
    expect(await clearml.ok('projects.delete', { project: top })).toMatchObject({ deleted: 2, disassociated_tasks: 1 })
  })

  it('refusal: unknown and foreign projects, and public ones', async () => {
    const other = await clearml.another({ company: 'new' })
    const foreign = (await other.ok('projects.create', { name: 'theirs' })).id
    const owner = { company: '', user: clearml.user.id }
    const open = await clearml.store.projects.ensureProject(owner, `public ${clearml.company}`)
    for (const project of [foreign, 'f'.repeat(32)]) {
      const body = { project, force: true }
      expect(await clearml.call('projects.delete', body)).toMatchObject({ status: 400, subcode: 401 })
    }
    expect(await clearml.call('projects.delete', { project: open.id })).toMatchObject({ status: 403, subcode: 21 })
  })

  it('wrong input: a project that is missing or no text is refused', async () => {
    for (const body of [{}, { project: 1 }]) {
      expect(await clearml.call('projects.delete', body)).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
