import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const create = async (more: object = {}): Promise<string> =>
  (await clearml.ok('models.create', { name: 'weights', uri: 'file:///w', ...more })).id
const createTask = async (): Promise<string> =>
  (await clearml.ok('tasks.create', { name: 'trainer', type: 'training' })).id

describe('models.set_ready', () => {
  it('success: publishes a model and leaves the task that made it as it is', async () => {
    const task = await createTask()
    const model = await create({ task })
    expect(await clearml.ok('models.set_ready', { model })).toEqual({ updated: 1 })
    expect((await clearml.ok('models.get_by_id', { model })).model.ready).toBe(true)
    expect((await clearml.ok('tasks.get_by_id', { task })).task.status).toBe('created')
  })

  it('success: publishes the task too when asked', async () => {
    const task = await createTask()
    const model = await create({ task })
    await clearml.ok('tasks.started', { task })
    await clearml.ok('tasks.completed', { task })
    const { updated, published_task } = await clearml.ok('models.set_ready', { model, publish_task: true })
    expect(updated).toBe(1)
    expect(published_task).toMatchObject({ id: task, data: { updated: 1, fields: { status: 'published' } } })
    const orphan = await create()
    expect(await clearml.ok('models.set_ready', { model: orphan, publish_task: true })).toEqual({ updated: 1 })
  })

  it('refusal: a model is published once, and not while its task cannot be published with it', async () => {
    const model = await create({ task: await createTask() })
    expect(await clearml.call('models.set_ready', { model, publish_task: true })).toMatchObject({ subcode: 110 })
    expect((await clearml.ok('models.get_by_id', { model })).model.ready).toBe(false)
    const body = { model, publish_task: true, force_publish_task: true }
    expect(await clearml.ok('models.set_ready', body)).toMatchObject({ published_task: { data: { updated: 1 } } })
    expect(await clearml.call('models.set_ready', { model })).toMatchObject({ status: 400, subcode: 203 })
  })

  it('refusal: unknown and public models', async () => {
    expect(await clearml.call('models.set_ready', { model: 'f'.repeat(32) })).toMatchObject({ subcode: 201 })
    const model = await create({ public: true })
    expect(await clearml.call('models.set_ready', { model })).toMatchObject({ status: 403, subcode: 21 })
  })

  it('wrong input: a model that is missing or no text is refused', async () => {
    for (const body of [{}, { model: {} }]) {
      expect(await clearml.call('models.set_ready', body)).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
