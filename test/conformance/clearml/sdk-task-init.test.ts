import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTask, edit, exactly, initTask, projectId, reload, statusOf } from '../../lib/clearml-sdk/actions.ts'
import { type SdkSystem, startSdkSystem } from '../../lib/clearml-sdk/system.ts'
import type { SdkSession } from '../../lib/clearml-sdk/wire.ts'

let system: SdkSystem
let sdk: SdkSession
let colleague: SdkSession
beforeAll(async () => {
  system = await startSdkSystem()
  sdk = system.sdk
  colleague = await system.colleague('colleague')
})
afterAll(() => system?.stop())

const noScript = {
  ...{ binary: '', repository: '', tag: '', branch: '', version_num: '', entry_point: '', working_dir: '' },
  ...{ requirements: {}, diff: '' },
}
/** `dataviews` is of another server's tasks, but sent to all. */
const noExecution = {
  ...{ artifacts: [], dataviews: [], model: '', model_desc: {}, model_labels: {}, parameters: {}, docker_cmd: '' },
}

describe('Task.init of a task that was not there', () => {
  it('makes its project once, whatever signs are in the name', async () => {
    const name = 'My #1 project (v2.0)/a & b ~ c'
    const made = await projectId(sdk, name)
    expect(await projectId(sdk, name)).toBe(made)
    const { projects } = await sdk.ok('projects.get_all', { name: exactly('My #1 project (v2.0)') })
    expect(projects).toMatchObject([{ name: 'My #1 project (v2.0)', id: expect.any(String) }])
  })

  it('makes its project once also when two processes begin at the same time', async () => {
    const request = { name: 'made twice', description: '' }
    const answers = await Promise.all([1, 2].map(() => sdk.call('projects.create', request)))
    expect(answers.map(({ status, subcode }) => `${status}/${subcode}`).toSorted()).toEqual(['200/0', '400/801'])
    const made = answers.find(({ status }) => status === 200)
    expect(await projectId(sdk, 'made twice')).toBe(made?.data.id)
  })

  it('answers of the new task all that the SDK reads without asking whether it is there', async () => {
    const task = await initTask(sdk, { project: 'init', name: 'new task' })
    expect(task).toMatchObject({
      ...{ id: expect.stringMatching(/^[0-9a-f]{32}$/), name: 'new task', type: 'training', status: 'in_progress' },
      ...{ project: await projectId(sdk, 'init'), comment: expect.stringContaining('Auto-generated') },
      ...{ user: expect.any(String), company: expect.any(String), created: expect.any(String) },
      ...{ started: expect.any(String), last_update: expect.any(String), status_changed: expect.any(String) },
      ...{ status_message: '', status_reason: '', last_iteration: 0, last_metrics: {}, tags: [] },
      ...{ system_tags: ['development'], hyperparams: {}, configuration: {}, runtime: {}, container: {} },
      ...{ models: { input: [], output: [] }, output: {} },
      script: { binary: 'python', repository: '', entry_point: '', requirements: {} },
      execution: { artifacts: [], parameters: {}, model_desc: {}, model_labels: {} },
    })
  })
})

describe('Task.init that takes the last task of this machine again', () => {
  it('finds it, resets it, clears all of it and starts it anew', async () => {
    const { id, project } = await initTask(sdk, { project: 'reuse', name: 'again' })
    const artifact = { key: 'old', type: 'custom', mode: 'output', uri: 'file:///old' }
    await sdk.ok('tasks.add_or_update_artifacts', { task: id, artifacts: [artifact], force: true })
    const parameter = { section: 'Args', name: 'lr', value: '0.1' }
    await edit(sdk, id, { hyperparams: { Args: { lr: parameter } }, runtime: { progress: '50' } })
    await sdk.ok('tasks.completed', { task: id, status_reason: 'completed', force: false })

    const only_fields = ['id', 'name', 'project', 'type', 'status', 'last_update', 'system_tags']
    const { tasks } = await sdk.ok('tasks.get_all', { id: [id], only_fields })
    expect(tasks).toMatchObject([{ id, name: 'again', project, type: 'training', status: 'completed' }])
    expect((await sdk.ok('projects.get_by_id', { project })).project).toMatchObject({ id: project, name: 'reuse' })
    const before = await reload(sdk, id)
    expect(before).toMatchObject({ system_tags: ['development'], models: { output: [] } })
    expect(before.execution.artifacts).toMatchObject([{ key: 'old', uri: 'file:///old' }])

    expect(await sdk.ok('tasks.reset', { task: id, force: false })).toMatchObject({ updated: 1, deleted_models: 0 })
    await edit(sdk, id, {
      ...{ script: noScript, hyperparams: {}, configuration: {}, container: {}, comment: 'again', runtime: {} },
      ...{ execution: noExecution, models: { input: [], output: [] }, output_dest: '' },
      system_tags: ['development'],
    })
    expect(await reload(sdk, id)).toMatchObject({
      ...{ id, status: 'created', comment: 'again', hyperparams: {}, configuration: {}, runtime: {}, container: {} },
      ...{ system_tags: ['development'], last_iteration: 0, last_metrics: {} },
      ...{ script: noScript, execution: { artifacts: [] }, models: { input: [], output: [] } },
    })
    await sdk.ok('tasks.started', { task: id, force: false })
    expect(await statusOf(sdk, id)).toMatchObject({ id, status: 'in_progress' })
  })
})

describe('what runs beside the user’s code', () => {
  it('tells script, packages and machine one after the other, and none undoes the other', async () => {
    const { id } = await initTask(sdk, { name: 'background' })
    const script = { repository: 'https://example.org/r.git', branch: 'main', entry_point: 'train.py', diff: '+ a\n' }
    expect(await edit(sdk, id, { script: { ...script, working_dir: '.', binary: 'python3.12' } })).toMatchObject({
      updated: 1,
    })
    const requirements = { pip: 'numpy == 2.0.0\n', conda: '' }
    expect(await sdk.ok('tasks.set_requirements', { task: id, requirements })).toMatchObject({ updated: 1 })
    await edit(sdk, id, { runtime: { cpu_cores: '8', gpu_count: 0, _publish_on_complete: true } })
    expect(await sdk.ok('tasks.ping', { task: id })).toEqual({})
    expect(await reload(sdk, id)).toMatchObject({
      ...{ status: 'in_progress', script: { ...script, working_dir: '.', binary: 'python3.12', requirements } },
      ...{ runtime: { cpu_cores: '8', gpu_count: 0, _publish_on_complete: true }, active_duration: expect.any(Number) },
    })
  })

  it('reports the console and the machine in batches, and is told how much was taken', async () => {
    const { id } = await initTask(sdk, { name: 'reports' })
    const lines = Array.from({ length: 200 }, (_, place) => ({
      ...{ type: 'log', task: id, timestamp: 1_700_000_000_000 + place, level: 'INFO', worker: 'workstation' },
      msg: `line ${place}\n`,
    }))
    const points = ['cpu_usage', 'memory_used_gb'].map((variant) => ({
      ...{ type: 'training_stats_scalar', task: id, timestamp: 1_700_000_000_500, iter: 3, value: 12.5 },
      ...{ metric: ':monitor:machine', variant },
    }))
    expect(await sdk.batch('events.add_batch', lines)).toMatchObject({ status: 200, data: { added: 200, errors: 0 } })
    expect(await sdk.batch('events.add_batch', points)).toMatchObject({ status: 200, data: { added: 2, errors: 0 } })
    expect(await reload(sdk, id)).toMatchObject({ last_iteration: 3 })
  })

  it('is given the status and its message as text at every poll', async () => {
    const { id } = await initTask(sdk, { name: 'polled' })
    expect(await statusOf(sdk, id)).toEqual({ id, status: 'in_progress', status_message: '' })
  })
})

describe('a stop by another person', () => {
  it('reaches a run that a worker holds as a message, while its status stays until the run has ended itself', async () => {
    const { id } = await createTask(sdk, { name: 'held by a worker' })
    await sdk.ok('tasks.started', { task: id, force: true, status_message: 'pulled by agent' })
    await sdk.ok('workers.status_report', { worker: 'machine:1', timestamp: Date.now(), task: id })
    const asked = await colleague.ok('tasks.stop', { task: id, status_reason: 'no more' })
    expect(asked).toMatchObject({ updated: 1, fields: { status: 'in_progress', status_message: 'stopping' } })
    const polled = await statusOf(sdk, id)
    expect(polled.status).toBe('in_progress')
    expect(polled.status_message).toContain('stopping')
    expect(await sdk.ok('tasks.stopped', { task: id, status_reason: 'USER ABORTED', force: false })).toMatchObject({
      ...{ updated: 1, fields: { status: 'stopped', status_reason: 'USER ABORTED' } },
    })
    expect(await reload(sdk, id)).toMatchObject({ status: 'stopped', completed: expect.any(String) })
  })

  it('ends a run on somebody’s own machine at once, with a message that names no worker', async () => {
    const { id } = await initTask(sdk, { name: 'on a laptop' })
    await colleague.ok('tasks.stop', { task: id })
    const polled = await statusOf(sdk, id)
    expect(polled).toMatchObject({ status: 'stopped', status_message: 'Stopped by colleague' })
    expect(polled.status_message).not.toContain('worker')
  })

  it('shows a reset as the status that a task has before its first run', async () => {
    const { id } = await initTask(sdk, { name: 'reset meanwhile' })
    await colleague.ok('tasks.reset', { task: id, force: true })
    expect(await statusOf(sdk, id)).toMatchObject({ status: 'created', status_message: 'reset' })
  })
})

describe('the end of the process', () => {
  const runningTask = async () => {
    const { id } = await initTask(sdk, { name: 'ends' })
    await edit(sdk, id, { runtime: { cpu_cores: '8', progress: '100' } })
    return id
  }

  it('completes a task', async () => {
    const id = await runningTask()
    const request = { task: id, status_reason: 'completed', publish: false, force: false }
    expect(await sdk.ok('tasks.completed', request)).toMatchObject({ updated: 1, fields: { status: 'completed' } })
    expect(await reload(sdk, id)).toMatchObject({
      ...{ status: 'completed', status_reason: 'completed', completed: expect.any(String) },
      runtime: { cpu_cores: '8', progress: '100' },
    })
  })

  it('completes and publishes a task in one call', async () => {
    const id = await runningTask()
    const request = { task: id, status_reason: 'completed', publish: true, force: false }
    expect(await sdk.ok('tasks.completed', request)).toMatchObject({ updated: 1, published: 1 })
    expect(await reload(sdk, id)).toMatchObject({
      ...{ status: 'published', completed: expect.any(String), published: expect.any(String) },
    })
  })

  it('stops a task', async () => {
    const id = await runningTask()
    await sdk.ok('tasks.stopped', { task: id, status_reason: 'signal 15', status_message: '', force: false })
    expect(await reload(sdk, id)).toMatchObject({ status: 'stopped', status_reason: 'signal 15' })
  })

  it('fails a task', async () => {
    const id = await runningTask()
    const request = { task: id, status_reason: 'exception', status_message: 'ZeroDivisionError', force: false }
    await sdk.ok('tasks.failed', request)
    expect(await reload(sdk, id)).toMatchObject({ status: 'failed', status_message: 'ZeroDivisionError' })
  })

  it('is refused in a form that the SDK can pass over when the task has ended already', async () => {
    const id = await runningTask()
    await sdk.ok('tasks.failed', { task: id, force: false })
    const late = await sdk.call('tasks.completed', { task: id, force: false })
    expect(late).toMatchObject({ status: 400, subcode: 110, data: {} })
  })
})
