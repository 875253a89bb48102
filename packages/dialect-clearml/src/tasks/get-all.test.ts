import { newTaskId } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous } from '../auth/auth.fixture.ts'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { storeTask } from '../testing/stored-task.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const idsOf = async (request: object, caller: Pick<Clearml, 'ok'> = clearml): Promise<string[]> =>
  (await caller.ok('tasks.get_all', request)).tasks.map(({ id }: { id: string }) => id)

describe('tasks.get_all', () => {
  it('success: shows whole tasks with plain ids', async () => {
    const { id } = await storeTask(clearml, { parent: newTaskId() })
    const { task } = await clearml.ok('tasks.get_by_id', { task: id })
    expect(await clearml.ok('tasks.get_all', { id: [id] })).toEqual({ tasks: [task] })
  })

  it('success: finds own tasks in the order in which they were made, and never those of another company', async () => {
    const own = await startClearml()
    const made = [await storeTask(own), await storeTask(own), await storeTask(own)].map(({ id }) => id)
    const foreign = await storeTask(clearml)
    expect((await idsOf({}, own)).filter((id) => made.includes(id) || id === foreign.id)).toEqual(made)
    expect(await idsOf({ id: [foreign.id, ...made] }, own)).toEqual(made)
  })

  it('success: finds public tasks of other companies', async () => {
    const other = await startClearml()
    const { id } = await storeTask(other, {}, { company: '', companyOrigin: other.company })
    expect(await idsOf({ id: [id] })).toEqual([id])
    expect(await idsOf({ id: [id], allow_public: false })).toEqual([])
  })

  it('success: leaves hidden tasks out unless they are searched or ids are given', async () => {
    const own = await startClearml()
    const [shown, hidden] = [await storeTask(own), await storeTask(own, { systemTags: ['hidden', 'pipeline'] })]
    const request = { user: [own.user.id] }
    expect(await idsOf(request, own)).toEqual([shown.id])
    expect(await idsOf({ ...request, search_hidden: true }, own)).toEqual([shown.id, hidden.id])
    expect(await idsOf({ ...request, id: [hidden.id] }, own)).toEqual([hidden.id])
  })

  it('success: include_subprojects finds what is in the projects below', async () => {
    const owner = { company: clearml.company, user: clearml.user.id }
    const below = await clearml.store.projects.ensureProject(owner, 'above/middle/below')
    const above = await clearml.store.projects.findProjectByName(clearml.company, 'above')
    const { id } = await storeTask(clearml, { project: below.id })
    expect(await idsOf({ project: [above?.id] })).toEqual([])
    expect(await idsOf({ project: [above?.id], include_subprojects: true })).toEqual([id])
    expect(await idsOf({ project: [`-${above?.id}`], include_subprojects: true })).not.toContain(id)
  })

  it('success: a project finds its own tasks without those below', async () => {
    const owner = { company: clearml.company, user: clearml.user.id }
    const project = await clearml.store.projects.ensureProject(owner, 'just this one')
    const { id } = await storeTask(clearml, { project: project.id })
    expect(await idsOf({ project: project.id })).toEqual([id])
  })

  it('success: shows the fields that are asked for', async () => {
    const { id } = await storeTask(clearml, { runtime: { _key: 'v', other: 'w' } })
    const { tasks } = await clearml.ok('tasks.get_all', { id, only_fields: ['status', 'runtime._key', 'comment'] })
    expect(tasks).toEqual([{ id, status: 'created', runtime: { _key: 'v' } }])
  })

  it('refusal: what nobody has is an empty list, whatever the ids look like', async () => {
    expect(await clearml.ok('tasks.get_all', { id: [newTaskId()] })).toEqual({ tasks: [] })
    const strange = { id: ['no id', ''], project: ['x'], parent: ["'; drop table tasks"], user: ['\u{1F600}'] }
    expect(await clearml.ok('tasks.get_all', strange)).toEqual({ tasks: [] })
  })

  it('refusal: nobody finds nothing', async () => {
    expect(await clearml.call('tasks.get_all', {}, { headers: anonymous })).toMatchObject({ status: 401, subcode: 20 })
  })

  it.each<[string, object, number]>([
    ['a malformed pattern', { name: '(' }, 21],
    ['a malformed pattern over several fields', { _any_: { pattern: '[', fields: ['name'] } }, 21],
    ['an unknown field in only_fields', { only_fields: ['colour'] }, 14],
    ['an unknown operator', { tags: ['__$xor'] }, 16],
    ['a name that is no string', { name: 5 }, 12],
    ['a range of one', { created: ['2026-01-01'] }, 12],
    ['page_size null', { page: 0, page_size: null }, 11],
    ['a scroll without size', { scroll_id: null }, 12],
    ['a path that is too deep', { only_fields: ['hyperparams.a.b.c.d'] }, 12],
  ])('wrong input: %s', async (_title, request, subcode) => {
    expect(await clearml.call('tasks.get_all', request)).toMatchObject({ status: 400, subcode, data: {} })
  })
})
