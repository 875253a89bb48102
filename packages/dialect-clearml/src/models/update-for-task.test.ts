import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const find = async (model: string) => (await clearml.ok('models.get_by_id', { model })).model
const unknownId = 'f'.repeat(32)
const createTask = async (more: object = {}): Promise<string> =>
  (await clearml.ok('tasks.create', { name: 'trainer', type: 'training', ...more })).id
const give = (task: string, more: object = {}) =>
  clearml.ok('models.update_for_task', { task, uri: 'file:///w', ...more })
const outputsOf = async (task: string): Promise<{ name: string; model: string }[]> =>
  (await clearml.ok('tasks.get_by_id', { task })).task.models.output

describe('models.update_for_task', () => {
  it('success: makes a model as the task says that its models are, and the task names it', async () => {
    const project = (await clearml.ok('projects.create', { name: 'models of tasks' })).id
    const task = await createTask({ project, execution: { framework: 'PyTorch', model_labels: { cat: 1 } } })
    const { id, ...answer } = await give(task, { iteration: 7 })
    expect(answer).toEqual({ created: true })
    const made = { task, project, name: 'trainer', uri: 'file:///w', framework: 'PyTorch', labels: { cat: 1 } }
    expect(await find(id)).toMatchObject({ ...made, ready: false, user: clearml.user.id })
    expect((await find(id)).comment).toContain(task)
    expect(await outputsOf(task)).toEqual([{ name: 'trainer', model: id, updated: expect.any(String) }])
    expect((await clearml.ok('tasks.get_by_id', { task })).task.last_iteration).toBe(7)
  })

  it('success: changes the model that the task has of that file', async () => {
    const task = await createTask()
    const { id } = await give(task, { name: 'net', comment: 'first', tags: ['x'], iteration: 7 })
    expect(await give(task, { comment: 'second', system_tags: ['s'], iteration: 3 })).toEqual({
      ...{ id, created: false, updated: 1 },
      fields: { uri: 'file:///w', comment: 'second', system_tags: ['s'] },
    })
    expect(await find(id)).toMatchObject({ name: 'net', comment: 'second', tags: ['x'], system_tags: ['s'] })
    expect(await outputsOf(task)).toMatchObject([{ name: 'net', model: id }])
    expect((await clearml.ok('tasks.get_by_id', { task })).task.last_iteration).toBe(7)
    const other = await give(task, { uri: 'file:///other', name: 'other' })
    expect(other).toEqual({ id: expect.not.stringContaining(id), created: true })
    const elsewhere = await give(await createTask())
    expect(elsewhere.created).toBe(true)
  })

  it('success: changes the model that is named, whatever its file was', async () => {
    const task = await createTask()
    const { id } = await clearml.ok('models.create', { name: 'weights', uri: 'file:///old' })
    const body = { task, override_model_id: id, uri: 'file:///new', name: 'better' }
    expect(await clearml.ok('models.update_for_task', body)).toEqual({
      ...{ id, created: false, updated: 1 },
      fields: { uri: 'file:///new', name: 'better' },
    })
    expect(await find(id)).toMatchObject({ uri: 'file:///new', name: 'better' })
    expect(await clearml.ok('models.update_for_task', { task, override_model_id: id })).toMatchObject({ updated: 0 })
    expect(await outputsOf(task)).toMatchObject([{ name: 'better', model: id }])
  })

  it('refusal: a task that is neither a draft nor running, and then nothing is made', async () => {
    const task = await createTask()
    await clearml.ok('tasks.started', { task })
    await give(task)
    await clearml.ok('tasks.completed', { task })
    const answer = await clearml.call('models.update_for_task', { task, uri: 'file:///late' })
    expect(answer).toMatchObject({ status: 400, subcode: 110 })
    expect((await clearml.ok('models.get_all', { task: [task] })).models).toHaveLength(1)
    expect(await outputsOf(task)).toHaveLength(1)
  })

  it('refusal: unknown, foreign and public tasks and models', async () => {
    const other = await clearml.another({ company: 'new' })
    const foreign = { name: 'theirs', uri: 'file:///w' }
    const theirs = (await other.ok('models.create', foreign)).id
    const theirTask = (await other.ok('tasks.create', { name: 'theirs', type: 'training' })).id
    const open = (await clearml.ok('models.create', { ...foreign, public: true })).id
    const openTask = await createTask()
    await clearml.ok('tasks.make_public', { ids: [openTask] })
    const codes = async (body: object) => {
      const request = { task: await createTask(), uri: 'file:///w', ...body }
      const { status, subcode } = await clearml.call('models.update_for_task', request)
      return [status, subcode]
    }
    expect(await codes({ task: unknownId })).toEqual([400, 101])
    expect(await codes({ task: theirTask })).toEqual([400, 101])
    expect(await codes({ task: openTask })).toEqual([403, 21])
    expect(await codes({ override_model_id: unknownId })).toEqual([400, 201])
    expect(await codes({ override_model_id: theirs })).toEqual([400, 201])
    expect(await codes({ override_model_id: open })).toEqual([403, 21])
  })

  it('wrong input: fields that are missing or cannot be', async () => {
    const task = await createTask()
    const code = async (body: object) =>
      (await clearml.call('models.update_for_task', { task, uri: 'file:///w', ...body })).subcode
    expect(await code({ uri: null })).toBe(11)
    expect(await code({ task: null })).toBe(12)
    expect(await code({ uri: 1 })).toBe(12)
    expect(await code({ iteration: 'x' })).toBe(12)
    expect(await code({ name: 'w' })).toBe(800)
    expect(await code({ tags: ['__$x'] })).toBe(16)
    expect(await outputsOf(task)).toEqual([])
  })
})
