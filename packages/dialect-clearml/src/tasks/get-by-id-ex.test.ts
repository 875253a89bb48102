import { newTaskId } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { storeTask } from '../testing/stored-task.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('tasks.get_by_id_ex', () => {
  it('success: shows tasks by id with references as objects', async () => {
    const owner = { company: clearml.company, user: clearml.user.id }
    const project = await clearml.store.projects.ensureProject(owner, 'by id')
    const { id } = await storeTask(clearml, { project: project.id })
    const request = { id: [id], only_fields: ['name', 'project.name'] }
    expect(await clearml.ok('tasks.get_by_id_ex', request)).toEqual({
      tasks: [{ id, name: 'a task', project: { id: project.id, name: 'by id' } }],
    })
  })

  it('success: finds hidden tasks and public ones', async () => {
    const other = await startClearml()
    const open = await storeTask(other, {}, { company: '', companyOrigin: other.company })
    const hidden = await storeTask(clearml, { systemTags: ['hidden'] })
    const { tasks } = await clearml.ok('tasks.get_by_id_ex', { id: [hidden.id, open.id], order_by: ['id'] })
    expect(tasks.map(({ id }: { id: string }) => id).sort()).toEqual([hidden.id, open.id].sort())
  })

  it('success: other conditions restrict what the ids find', async () => {
    const [one, two] = [await storeTask(clearml, { tags: ['x'] }), await storeTask(clearml)]
    const { tasks } = await clearml.ok('tasks.get_by_id_ex', { id: [one.id, two.id], tags: ['x'] })
    expect(tasks).toMatchObject([{ id: one.id }])
  })

  it('success: does not scroll', async () => {
    const { id } = await storeTask(clearml)
    expect(await clearml.ok('tasks.get_by_id_ex', { id: [id], scroll_id: null })).not.toHaveProperty('scroll_id')
  })

  it('refusal: unknown tasks and those of another company are left out', async () => {
    const foreign = await storeTask(await startClearml())
    const request = { id: [newTaskId(), 'no id', foreign.id] }
    expect(await clearml.ok('tasks.get_by_id_ex', request)).toEqual({ tasks: [] })
  })

  it.each([[{}], [{ id: null }], [{ id: [] }], [{ id: '' }], [{ name: 'a task' }]])(
    'wrong input: without an id, %j',
    async (request) => {
      expect(await clearml.call('tasks.get_by_id_ex', request)).toMatchObject({ status: 400, subcode: 11, data: {} })
    },
  )

  it('wrong input: an id that is no string', async () => {
    expect(await clearml.call('tasks.get_by_id_ex', { id: [5] })).toMatchObject({ status: 400, subcode: 16 })
  })
})
