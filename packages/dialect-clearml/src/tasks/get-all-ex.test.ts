import { newTaskId } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous } from '../auth/auth.fixture.ts'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { storeTask } from '../testing/stored-task.fixture.ts'

let clearml: Clearml
let ids: Record<'task' | 'parent' | 'project' | 'above' | 'queue' | 'model' | 'gone', string>

beforeAll(async () => {
  clearml = await startClearml()
  const { store, company, user } = clearml
  const owner = { company, user: user.id }
  const project = await store.projects.ensureProject(owner, 'expanded/below')
  const queue = await store.queues.createQueue(company, { name: 'expanded' })
  const model = await store.models.createModel({
    ...{ id: newTaskId(), company, user: user.id, name: 'weights', uri: 's3://b/w', framework: null, task: null },
    ...{ parent: null, project: project.id, ready: true, labels: {}, design: {}, tags: [], systemTags: [] },
    ...{ comment: '', metadata: {} },
  })
  const parent = await storeTask(clearml, { name: 'the parent', project: project.id })
  const gone = newTaskId()
  const task = await storeTask(
    clearml,
    {
      ...{ name: 'the child', parent: parent.id, project: project.id },
      models: {
        input: [
          { name: 'in', model: model.id },
          { name: 'lost', model: gone },
        ],
        output: [],
      },
    },
    { queueId: queue.id },
  )
  ids = {
    ...{ task: task.id, parent: parent.id, project: project.id, queue: queue.id, model: model.id, gone },
    above: project.parent ?? '',
  }
})

const get = async (...only_fields: string[]) =>
  (await clearml.ok('tasks.get_all_ex', { id: [ids.task], only_fields })).tasks[0]

describe('tasks.get_all_ex', () => {
  it('success: shows references as objects with their ids', async () => {
    expect(await get()).toMatchObject({
      ...{ id: ids.task, name: 'the child', company: { id: clearml.company }, user: { id: clearml.user.id } },
      ...{ parent: { id: ids.parent }, project: { id: ids.project }, execution: { queue: { id: ids.queue } } },
      models: {
        input: [
          { name: 'in', model: { id: ids.model } },
          { name: 'lost', model: { id: ids.gone } },
        ],
        output: [],
      },
      last_changed_by: clearml.user.id,
    })
    expect((await get()).project).toEqual({ id: ids.project })
  })

  it.each<[only_fields: string[], expected: () => object]>([
    [['project'], () => ({ project: { id: ids.project } })],
    [['project.name'], () => ({ project: { id: ids.project, name: 'expanded/below' } })],
    [['user.name'], () => ({ user: { id: clearml.user.id, name: clearml.user.name } })],
    [['company.name'], () => ({ company: { id: clearml.company, name: clearml.user.companyName } })],
    [['parent.name', 'parent.status'], () => ({ parent: { id: ids.parent, name: 'the parent', status: 'created' } })],
    [
      ['parent.project.name'],
      () => ({ parent: { id: ids.parent, project: { id: ids.project, name: 'expanded/below' } } }),
    ],
    [
      ['parent.project.parent.name', 'project.parent'],
      () => ({
        parent: { id: ids.parent, project: { id: ids.project, parent: { id: ids.above, name: 'expanded' } } },
        project: { id: ids.project, parent: { id: ids.above } },
      }),
    ],
    [['execution.queue.name'], () => ({ execution: { queue: { id: ids.queue, name: 'expanded' } } })],
    [
      ['models.input.model.name'],
      () => ({ models: { input: [{ model: { id: ids.model, name: 'weights' } }, { model: { id: ids.gone } }] } }),
    ],
    [
      ['models.input.model.project.name'],
      () => ({
        models: {
          input: [
            { model: { id: ids.model, project: { id: ids.project, name: 'expanded/below' } } },
            { model: { id: ids.gone } },
          ],
        },
      }),
    ],
    [['name', 'status'], () => ({ name: 'the child', status: 'created' })],
  ])('success: %j shows just that, and always the ids', async (only_fields, expected) => {
    expect(await get(...only_fields)).toEqual({ id: ids.task, ...expected() })
  })

  it('success: .* shows all of what a reference stands for', async () => {
    const { project } = await get('project.*')
    expect(project).toMatchObject({ id: ids.project, name: 'expanded/below', basename: 'below', tags: [] })
    expect(project.parent).toEqual({ id: ids.above })
  })

  it('success: what a reference stands for and is gone keeps its id, an empty one is empty', async () => {
    const parent = `__DELETED__${newTaskId()}`
    const { id } = await storeTask(clearml, { parent, user: 'nobody' })
    const other = await startClearml()
    const open = await storeTask(other, {}, { company: '', companyOrigin: other.company })
    const request = { id: [id, open.id], only_fields: ['parent.name', 'user.name', 'company.name'], order_by: ['id'] }
    expect((await clearml.ok('tasks.get_all_ex', request)).tasks).toEqual([
      {
        id,
        parent: { id: parent },
        user: { id: 'nobody' },
        company: { id: clearml.company, name: clearml.user.companyName },
      },
      { id: open.id, user: { id: other.user.id }, company: {} },
    ])
  })

  it('success: allow_public false leaves out what is public', async () => {
    const other = await startClearml()
    const { id } = await storeTask(other, {}, { company: '', companyOrigin: other.company })
    const found = async (more: object) => (await clearml.ok('tasks.get_all_ex', { id: [id], ...more })).tasks.length
    expect(await found({})).toBe(1)
    expect(await found({ allow_public: true })).toBe(1)
    expect(await found({ allow_public: false })).toBe(0)
  })

  it('success: hides, scrolls and includes subprojects as tasks.get_all does', async () => {
    const hidden = await storeTask(clearml, { name: 'hidden one', project: ids.project, systemTags: ['hidden'] })
    const request = { project: [ids.above], include_subprojects: true, only_fields: ['name'], order_by: ['name'] }
    const first = await clearml.ok('tasks.get_all_ex', { ...request, size: 1, scroll_id: null })
    expect(first.tasks).toEqual([{ id: ids.task, name: 'the child' }])
    const second = await clearml.ok('tasks.get_all_ex', { ...request, size: 5, scroll_id: first.scroll_id })
    expect(second.tasks).toEqual([{ id: ids.parent, name: 'the parent' }])
    const all = await clearml.ok('tasks.get_all_ex', { ...request, search_hidden: true })
    expect(all.tasks[0]).toEqual({ id: hidden.id, name: 'hidden one' })
  })

  it('refusal: nobody finds nothing, and another company nothing of this one', async () => {
    expect(await clearml.call('tasks.get_all_ex', {}, { headers: anonymous })).toMatchObject({
      status: 401,
      subcode: 20,
    })
    const other = await startClearml()
    expect(await other.ok('tasks.get_all_ex', { id: [ids.task] })).toEqual({ tasks: [] })
  })

  it('refusal: an object of another company is not shown through a reference', async () => {
    const foreign = await storeTask(await startClearml(), { name: 'secret' })
    const { id } = await storeTask(clearml, { parent: foreign.id })
    const request = { id: [id], only_fields: ['parent.name'] }
    expect((await clearml.ok('tasks.get_all_ex', request)).tasks).toEqual([{ id, parent: { id: foreign.id } }])
  })

  it.each<[string, object, number]>([
    ['filters that are no object', { filters: [] }, 16],
    ['a filter that is no object', { filters: { tags: 'a' } }, 12],
    ['an unknown key in a filter', { filters: { tags: { none: {} } } }, 12],
    ['an unknown field in only_fields', { only_fields: ['colour'] }, 14],
    ['a pattern and dates at once', { _any_: { pattern: 'a', datetime: 'b', fields: ['name'] } }, 16],
    ['an unknown field to match', { _all_: { pattern: 'a', fields: ['colour'] } }, 14],
    ['a negative page', { page: -1, page_size: 1 }, 12],
    ['a text score without a text', { order_by: ['@text_score'] }, 16],
    ['a malformed pattern', { comment: '*' }, 21],
  ])('wrong input: %s', async (_title, request, subcode) => {
    expect(await clearml.call('tasks.get_all_ex', request)).toMatchObject({ status: 400, subcode, data: {} })
  })
})
