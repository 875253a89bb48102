import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTask,
  edit,
  enqueue,
  initTask,
  projectId,
  queueId,
  reload,
  statusOf,
} from '../../lib/clearml-sdk/actions.ts'
import { type SdkSystem, startSdkSystem } from '../../lib/clearml-sdk/system.ts'
import type { SdkSession } from '../../lib/clearml-sdk/wire.ts'

let system: SdkSystem
let sdk: SdkSession
beforeAll(async () => {
  system = await startSdkSystem()
  sdk = system.sdk
  for (const name of ['jobs', 'my queue (1)']) await sdk.ok('queues.create', { name })
})
afterAll(() => system?.stop())

const draft = async (name = 'draft'): Promise<string> => (await createTask(sdk, { project: 'moves', name })).id
const running = async (): Promise<string> => (await initTask(sdk, { project: 'moves', name: 'running' })).id

describe('Task.create', () => {
  it('makes a draft with a script and a container', async () => {
    const id = await draft('with a script')
    const container = { image: 'python:3.12', arguments: '', setup_shell_script: '' }
    await edit(sdk, id, { container, script: { entry_point: 'eval.py' } })
    expect(await reload(sdk, id)).toMatchObject({
      ...{ status: 'created', name: 'with a script', container },
      script: { repository: 'https://example.org/repo.git', branch: 'main', entry_point: 'eval.py', working_dir: '.' },
    })
  })
})

describe('Task.clone', () => {
  it('is a draft with the inputs of the original and none of its results, to be edited on its own', async () => {
    const original = await running()
    const item = { section: 'Args', name: 'lr', value: '0.1', type: 'float', description: '' }
    await edit(sdk, original, { hyperparams: { Args: { lr: item } }, tags: ['kept'], runtime: { progress: '9' } })
    const artifact = { key: 'result', type: 'custom', mode: 'output', uri: 'file:///r' }
    await sdk.ok('tasks.add_or_update_artifacts', { task: original, artifacts: [artifact], force: true })
    const project = await projectId(sdk, 'moves/clones')
    const { id } = await sdk.ok('tasks.clone', {
      ...{ task: original, new_task_name: 'the clone', new_task_comment: 'tried again' },
      ...{ new_task_parent: original, new_task_project: project },
    })
    const clone = await reload(sdk, id)
    expect(clone).toMatchObject({
      ...{ id, name: 'the clone', comment: 'tried again', parent: original, project, status: 'created' },
      ...{ system_tags: [], tags: ['kept'], hyperparams: { Args: { lr: item } }, execution: { artifacts: [] } },
      ...{ runtime: {}, last_iteration: 0, last_metrics: {}, models: { output: [] } },
    })
    expect(clone).not.toHaveProperty('started')
    await edit(sdk, id, { hyperparams: { Args: { lr: { ...item, value: '0.7' } } } })
    expect((await reload(sdk, id)).hyperparams.Args.lr.value).toBe('0.7')
    expect((await reload(sdk, original)).hyperparams.Args.lr.value).toBe('0.1')
  })
})

describe('Task.enqueue by the name of a queue', () => {
  it('takes the name for an id first, which must be a refusal with empty data', async () => {
    const answer = await sdk.call('queues.get_by_id', { queue: 'my queue (1)' })
    expect(answer.status).not.toBe(200)
    expect(answer.status).toBeLessThanOrEqual(500)
    expect(answer.data).toEqual({})
    expect(await queueId(sdk, 'my queue (1)')).toMatch(/^[0-9a-f]{32}$/)
    expect(await queueId(sdk, 'no such queue')).toBeNull()
  })

  it('puts the task there and says so', async () => {
    const id = await draft()
    const answer = await enqueue(sdk, id, 'my queue (1)')
    const queue = await queueId(sdk, 'my queue (1)')
    expect(answer).toMatchObject({ queued: 1, updated: 1, fields: { status: 'queued', 'execution.queue': queue } })
    expect(await reload(sdk, id)).toMatchObject({ status: 'queued', execution: { queue } })
    expect((await sdk.ok('queues.get_by_id', { queue })).queue.entries).toMatchObject([{ task: id }])
  })

  it('takes an id of a queue as it is', async () => {
    const queue = (await queueId(sdk, 'jobs')) as string
    expect(await queueId(sdk, queue)).toBe(queue)
    const id = await draft()
    expect(await enqueue(sdk, id, queue)).toMatchObject({ queued: 1 })
  })

  it('takes `development` away, so that an agent’s run is not taken for one at a desk', async () => {
    const id = await running()
    await sdk.ok('tasks.stopped', { task: id })
    await enqueue(sdk, id, 'jobs')
    expect((await reload(sdk, id)).system_tags).toEqual([])
  })

  it('with force resets a task that has ended, and tries once more', async () => {
    const id = await running()
    await sdk.ok('tasks.completed', { task: id })
    const queue = await queueId(sdk, 'jobs')
    expect(await sdk.call('tasks.enqueue', { task: id, queue })).toMatchObject({ status: 400, subcode: 110 })
    await sdk.ok('tasks.reset', { task: id, force: true })
    expect(await sdk.ok('tasks.enqueue', { task: id, queue })).toMatchObject({ queued: 1 })
    expect((await statusOf(sdk, id)).status).toBe('queued')
  })
})

describe('a queue with tasks', () => {
  it('says how many wait, before and after one is taken back', async () => {
    const { id: queue } = await sdk.ok('queues.create', { name: 'counted' })
    const ids = [await draft(), await draft(), await draft()]
    for (const id of ids) await enqueue(sdk, id, 'counted')
    const waiting = async () => (await sdk.ok('queues.get_num_entries', { queue })).num
    expect(await waiting()).toBe(3)
    const answer = await sdk.ok('tasks.dequeue', { task: ids[1] })
    expect(answer).toMatchObject({ dequeued: 1, updated: 1, fields: { status: 'created' } })
    expect(await waiting()).toBe(2)
    expect((await statusOf(sdk, ids[1] as string)).status).toBe('created')
  })
})

describe('the marks of a task', () => {
  it('started, stopped and started again', async () => {
    const id = await draft()
    expect(await sdk.ok('tasks.started', { task: id, force: false })).toMatchObject({ updated: 1, started: 1 })
    await sdk.ok('tasks.stopped', { task: id, force: true, status_message: 'paused' })
    expect(await statusOf(sdk, id)).toEqual({ id, status: 'stopped', status_message: 'paused' })
    await sdk.ok('tasks.started', { task: id, force: false })
    expect(await statusOf(sdk, id)).toEqual({ id, status: 'in_progress', status_message: '' })
  })

  it('completed and failed, also by force from where they may not', async () => {
    const id = await draft()
    await sdk.ok('tasks.completed', { task: id, force: true, status_reason: 'completed' })
    expect((await statusOf(sdk, id)).status).toBe('completed')
    await sdk.ok('tasks.failed', { task: id, force: true, status_reason: 'no', status_message: 'after all' })
    expect(await statusOf(sdk, id)).toMatchObject({ status: 'failed', status_message: 'after all' })
  })

  it('published, once it has ended', async () => {
    const id = await running()
    expect(await sdk.call('tasks.publish', { task: id })).toMatchObject({ status: 400, subcode: 110 })
    await sdk.ok('tasks.completed', { task: id })
    const answer = await sdk.ok('tasks.publish', { task: id, publish_model: true, force: false })
    expect(answer).toMatchObject({ updated: 1, fields: { status: 'published', published: expect.any(String) } })
  })

  it('reset to a draft', async () => {
    const id = await running()
    await sdk.ok('tasks.failed', { task: id })
    expect(await sdk.ok('tasks.reset', { task: id })).toMatchObject({ updated: 1, fields: { status: 'created' } })
    expect((await reload(sdk, id)).started).toBeUndefined()
  })

  it('deleted, so that nobody finds it any more', async () => {
    const id = await running()
    expect(await sdk.ok('tasks.delete', { task: id, force: true })).toMatchObject({ deleted: true })
    expect(await sdk.call('tasks.get_by_id', { task: id })).toMatchObject({ status: 400, subcode: 101, data: {} })
    expect((await sdk.ok('tasks.get_all', { id: [id] })).tasks).toEqual([])
    expect(await sdk.call('tasks.delete', { task: id, force: true })).toMatchObject({ status: 400, subcode: 101 })
  })
})
