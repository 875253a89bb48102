import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exactly, initTask, projectId, reload } from '../../lib/clearml-sdk/actions.ts'
import { sdkFiles } from '../../lib/clearml-sdk/files.ts'
import { type SdkSystem, startSdkSystem } from '../../lib/clearml-sdk/system.ts'
import type { SdkSession } from '../../lib/clearml-sdk/wire.ts'

let system: SdkSystem
let sdk: SdkSession
beforeAll(async () => {
  system = await startSdkSystem()
  sdk = system.sdk
})
afterAll(() => system?.stop())

const newTask = (name: string) => initTask(sdk, { project: 'models', name })
const findModel = async (model: string) => (await sdk.ok('models.get_by_id', { model })).model

/** `OutputModel`: an empty model of a task, before it has weights. */
async function emptyModel(task: { id: string; project: string }, name: string): Promise<string> {
  const { id, created } = await sdk.ok('models.create', {
    ...{ name, uri: 'file:///no-weights-yet', ready: false, task: task.id, project: task.project },
    ...{ labels: {}, framework: 'PyTorch', tags: ['new'], comment: '' },
  })
  expect(created).toBe(true)
  return id
}

describe('an output model', () => {
  it('is made empty, given its weights, and told to the task', async () => {
    const task = await newTask('trains')
    const model = await emptyModel(task, 'trains - best')
    const uri = `http://files.example/models/trains.${task.id}/models/best.pt`
    const fields = { uri, comment: 'Created by task', labels: { cat: 1, dog: 2 }, design: { design: 'resnet: 18' } }
    const kept = { name: 'trains - best', framework: 'PyTorch', task: task.id, project: task.project, tags: ['new'] }
    const whole = { model, ...fields, ...kept, system_tags: [], iteration: 12 }
    expect(await sdk.ok('models.edit', whole)).toMatchObject({ updated: 1 })
    const item = { task: task.id, name: 'best', model, type: 'output', iteration: 12 }
    expect((await sdk.ok('tasks.add_or_update_model', item)).updated).toBe(1)
    expect(await findModel(model)).toMatchObject({
      ...{ id: model, name: 'trains - best', ...fields, task: task.id, project: task.project, framework: 'PyTorch' },
      ...{ ready: false, tags: ['new'], created: expect.any(String), last_update: expect.any(String) },
    })
    const { models, last_iteration } = await reload(sdk, task.id)
    expect(models.output).toMatchObject([{ name: 'best', model }])
    expect(last_iteration).toBe(12)
  })

  it('of the same name replaces the one before on the task', async () => {
    const task = await newTask('trains longer')
    const [first, second] = [await emptyModel(task, 'first'), await emptyModel(task, 'second')]
    for (const model of [first, second]) {
      await sdk.ok('tasks.add_or_update_model', { task: task.id, name: 'best', model, type: 'output' })
    }
    expect((await reload(sdk, task.id)).models.output).toMatchObject([{ name: 'best', model: second }])
  })

  it('of a framework is written by one call, that makes it and then changes it', async () => {
    const task = await newTask('saves checkpoints')
    const request = { task: task.id, uri: 'file:///tmp/c1.pt', name: 'checkpoint', comment: 'c', iteration: 1 }
    const made = await sdk.ok('models.update_for_task', request)
    expect(made).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/), created: true })
    expect((await reload(sdk, task.id)).models.output).toMatchObject([{ model: made.id }])
    const again = { ...request, uri: 'file:///tmp/c2.pt', iteration: 5, override_model_id: made.id }
    expect((await sdk.ok('models.update_for_task', again)).id).toBe(made.id)
    expect(await findModel(made.id)).toMatchObject({ uri: 'file:///tmp/c2.pt', task: task.id })
    expect((await reload(sdk, task.id)).last_iteration).toBe(5)
  })

  it('has its weights on the file server', async () => {
    const files = sdkFiles(`${system.inferq.url}/files`, sdk)
    const task = await newTask('uploads weights')
    const uri = await files.upload(`models/uploads weights.${task.id}/models/best.pt`, 'weights')
    const model = await emptyModel(task, 'uploaded')
    await sdk.ok('models.edit', { model, uri })
    expect((await files.download((await findModel(model)).uri)).content.toString()).toBe('weights')
  })

  it('is published with its task', async () => {
    const task = await newTask('is published')
    const model = await emptyModel(task, 'published with its task')
    await sdk.ok('tasks.add_or_update_model', { task: task.id, name: 'best', model, type: 'output' })
    await sdk.ok('tasks.completed', { task: task.id, publish: true })
    expect((await findModel(model)).ready).toBe(true)
  })

  it('is published alone, or takes its task along', async () => {
    const task = await newTask('published by its model')
    const model = await emptyModel(task, 'publishes')
    await sdk.ok('tasks.completed', { task: task.id })
    expect(await sdk.ok('models.set_ready', { model, publish_task: false })).toMatchObject({ updated: 1 })
    expect((await findModel(model)).ready).toBe(true)
    expect((await reload(sdk, task.id)).status).toBe('completed')
    const other = await emptyModel(task, 'publishes both')
    const both = await sdk.ok('models.set_ready', { model: other, publish_task: true, force_publish_task: true })
    expect(both).toMatchObject({ updated: 1, published_task: { id: task.id } })
    expect((await reload(sdk, task.id)).status).toBe('published')
  })

  it('carries metadata', async () => {
    const model = await emptyModel(await newTask('has metadata'), 'described')
    const metadata = [
      { key: 'accuracy', type: 'float', value: '0.9' },
      { key: 'a.key with $igns', type: 'str', value: 'x' },
    ]
    expect((await sdk.ok('models.add_or_update_metadata', { model, metadata })).updated).toBe(1)
    const [accuracy, signs] = metadata
    expect((await findModel(model)).metadata).toEqual({ accuracy, 'a.key with $igns': signs })
    const better = { key: 'accuracy', type: 'float', value: '0.95' }
    await sdk.ok('models.add_or_update_metadata', { model, metadata: [better], replace_metadata: true })
    expect((await findModel(model)).metadata).toEqual({ accuracy: better })
  })

  it('is archived and taken back', async () => {
    const model = await emptyModel(await newTask('is put away'), 'archived')
    const archived = await sdk.ok('models.archive_many', { ids: [model] })
    expect(archived).toMatchObject({ succeeded: [{ id: model, archived: true }], failed: [] })
    expect((await findModel(model)).system_tags).toEqual(['archived'])
    const taken = await sdk.ok('models.unarchive_many', { ids: [model] })
    expect(taken).toMatchObject({ succeeded: [{ id: model, unarchived: true }], failed: [] })
    expect((await findModel(model)).system_tags).toEqual([])
  })

  it('is deleted, and says where its weights are', async () => {
    const model = await emptyModel(await newTask('loses its model'), 'deleted')
    expect(await sdk.ok('models.delete', { model, force: true })).toEqual({
      ...{ deleted: true, url: 'file:///no-weights-yet' },
    })
    expect(await sdk.call('models.get_by_id', { model })).toMatchObject({ status: 400, subcode: 201, data: {} })
  })
})

describe('an input model', () => {
  it('is found by its address, so that no second one is made', async () => {
    const request = { name: 'imported', uri: 'https://example.org/w.pt', ready: true, labels: {} }
    const { id } = await sdk.ok('models.create', request)
    const query = { uri: [request.uri], only_fields: ['id', 'name', 'created'], order_by: ['-created'] }
    const { models } = await sdk.ok('models.get_all', query)
    expect(models).toEqual([{ id, name: 'imported', created: expect.any(String) }])
    const task = await newTask('starts from it')
    await sdk.ok('tasks.add_or_update_model', { task: task.id, name: 'base', model: id, type: 'input' })
    expect((await reload(sdk, task.id)).models.input).toMatchObject([{ name: 'base', model: id }])
  })
})

describe('Model.query_models', () => {
  it('finds by project, name, tags, metadata and whether it is published', async () => {
    const task = await newTask('makes many')
    const ids: string[] = []
    for (const name of ['query (a)', 'query (b)']) ids.push(await emptyModel(task, name))
    const [first, second] = ids
    await sdk.ok('models.edit', { model: second, tags: ['other'] })
    const metadata = [{ key: 'stage', type: 'str', value: 'gold' }]
    await sdk.ok('models.add_or_update_metadata', { model: first, metadata })
    const found = async (filter: object) => {
      const project = [await projectId(sdk, 'models')]
      const request = { project, order_by: ['-created'], only_fields: ['id', 'created', 'system_tags'], ...filter }
      const { models } = await sdk.ok('models.get_all', { ...request, page: 0, page_size: 500 })
      return models.map(({ id }: { id: string }) => id)
    }
    expect(await found({ name: exactly('query (a)') })).toEqual([first])
    expect(await found({ name: 'query', tags: ['other'] })).toEqual([second])
    expect(await found({ name: 'query', system_tags: ['-archived'] })).toEqual([second, first])
    expect(await found({ name: 'query', ready: true })).toEqual([])
    expect(await found({ task: [task.id] })).toEqual([second, first])
    expect(await found({ 'metadata.stage.value': ['gold'] })).toEqual([first])
  })
})
