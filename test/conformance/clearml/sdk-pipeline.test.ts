import { until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTask,
  edit,
  enqueue,
  exactly,
  initTask,
  queueId,
  reload,
  takeTask,
} from '../../lib/clearml-sdk/actions.ts'
import { type SdkSystem, startSdkSystem } from '../../lib/clearml-sdk/system.ts'
import type { SdkSession } from '../../lib/clearml-sdk/wire.ts'

let system: SdkSystem
let sdk: SdkSession
beforeAll(async () => {
  system = await startSdkSystem()
  sdk = system.sdk
})
afterAll(() => system?.stop())

const pipelineTags = ['pipeline', 'hidden']

/** The hidden project of a pipeline, which its controller and steps are in. */
async function pipelineProject(name: string): Promise<string> {
  const found = await sdk.ok('projects.get_all', {
    ...{ name: exactly(name), only_fields: ['id', 'system_tags'], search_hidden: true },
  })
  const [project] = found.projects
  if (!project) return (await sdk.ok('projects.create', { name, description: '', system_tags: pipelineTags })).id
  const missing = pipelineTags.filter((tag) => !project.system_tags.includes(tag))
  const system_tags = [...project.system_tags, ...missing]
  if (missing.length > 0) await sdk.ok('projects.update', { project: project.id, system_tags })
  return project.id
}

async function startController(project: string, steps: readonly string[]): Promise<string> {
  const { id } = await sdk.ok('tasks.create', {
    ...{ name: 'nightly', type: 'controller', project, system_tags: ['development'] },
  })
  await sdk.ok('tasks.started', { task: id, force: false })
  await edit(sdk, id, { system_tags: [...(await reload(sdk, id)).system_tags, 'pipeline'] })
  await writeGraph(id, Object.fromEntries(steps.map((step) => [step, { name: step, status: 'pending' }])))
  await edit(sdk, id, { runtime: { version: '1.0.0', _pipeline_hash: 'a1:b2' } })
  return id
}

async function writeGraph(controller: string, graph: object): Promise<void> {
  const present = (await reload(sdk, controller)).configuration
  const Pipeline = { name: 'Pipeline', type: 'dictionary', description: 'the steps', value: JSON.stringify(graph) }
  await edit(sdk, controller, { configuration: { ...present, Pipeline } })
}

/** A step: a clone of its base task with parameters of its own, put on a queue. */
async function startStep(base: string, project: string, controller: string, name: string): Promise<string> {
  const { id } = await sdk.ok('tasks.clone', {
    ...{ task: base, new_task_name: name, new_task_parent: controller, new_task_project: project },
  })
  const item = { section: 'Args', name: 'input', value: name, type: 'str', description: '' }
  await edit(sdk, id, { hyperparams: { Args: { input: item } } })
  await edit(sdk, id, { runtime: { _pipeline_step: name } })
  expect(await enqueue(sdk, id, 'steps')).toMatchObject({ queued: 1 })
  return id
}

/** An agent takes the next task and completes it. */
async function workOff(agent: SdkSession, queue: string): Promise<string> {
  const task = await until(() => takeTask(agent, queue), { what: 'a step to wait for an agent' })
  expect(await reload(agent, task)).toMatchObject({ status: 'in_progress', last_worker: 'machine:0' })
  await agent.ok('tasks.completed', { task, status_reason: 'completed', force: false })
  return task
}

const statusesOf = async (ids: readonly string[]): Promise<Record<string, string>> => {
  const { tasks } = await sdk.ok('tasks.get_all', { id: ids, only_fields: ['id', 'status', 'status_message'] })
  return Object.fromEntries(tasks.map(({ id, status }: { id: string; status: string }) => [id, status]))
}

describe('a pipeline of two steps', () => {
  it('is run by its controller and an agent, step after step, to its end', async () => {
    const { id: queue } = await sdk.ok('queues.create', { name: 'steps' })
    const base = (await createTask(sdk, { project: 'templates', name: 'base' })).id
    const project = await pipelineProject('demo/.pipelines/nightly')
    const controller = await startController(project, ['load', 'train'])
    const agent = await system.open({ worker: 'machine:0' })
    const done: string[] = []
    for (const name of ['load', 'train']) {
      const step = await startStep(base, project, controller, name)
      expect(await statusesOf([step])).toEqual({ [step]: 'queued' })
      expect(await workOff(agent, queue)).toBe(step)
      expect(await statusesOf([step])).toEqual({ [step]: 'completed' })
      done.push(step)
      await writeGraph(controller, { [name]: { name, status: 'completed', executed: step } })
      await sdk.ok('tasks.ping', { task: controller })
    }
    await sdk.ok('tasks.completed', { task: controller, status_reason: 'completed', publish: false, force: false })

    expect(await reload(sdk, controller)).toMatchObject({
      ...{ status: 'completed', type: 'controller', runtime: { version: '1.0.0', _pipeline_hash: 'a1:b2' } },
      system_tags: ['development', 'pipeline'],
      configuration: { Pipeline: { value: expect.stringContaining('"train"') } },
    })
    const { tasks } = await sdk.ok('tasks.get_all', { parent: controller, order_by: ['created'], only_fields: ['id'] })
    expect(tasks.map(({ id }: { id: string }) => id)).toEqual(done)
    for (const [place, name] of ['load', 'train'].entries()) {
      expect(await reload(sdk, done[place] as string)).toMatchObject({
        ...{ parent: controller, project, hyperparams: { Args: { input: { value: name } } } },
        execution: { queue },
      })
    }
    expect((await sdk.ok('queues.get_num_entries', { queue })).num).toBe(0)
  })

  it('stands in a project that only those see who look for hidden ones', async () => {
    const project = await pipelineProject('demo/.pipelines/hidden one')
    const request = { name: exactly('demo/.pipelines/hidden one'), only_fields: ['id', 'system_tags'] }
    expect((await sdk.ok('projects.get_all', request)).projects).toEqual([])
    const { projects } = await sdk.ok('projects.get_all', { ...request, search_hidden: true })
    expect(projects).toMatchObject([{ id: project }])
    expect(projects[0].system_tags.toSorted()).toEqual(['hidden', 'pipeline'])
    expect((await sdk.ok('projects.get_all', { ...request, name: undefined, id: [project] })).projects).toHaveLength(1)
    const tagged = { system_tags: ['pipeline'], search_hidden: true, only_fields: ['id'] }
    const found = (await sdk.ok('projects.get_all', tagged)).projects.map(({ id }: { id: string }) => id)
    expect(found).toContain(project)
  })

  it('hides a project that was there before', async () => {
    const name = 'demo/was there'
    const { id } = await sdk.ok('projects.create', { name, description: '' })
    expect(await pipelineProject(name)).toBe(id)
    expect((await sdk.ok('projects.get_all', { name: exactly(name) })).projects).toEqual([])
  })

  it('is found again by its name and its version, as the next run asks for it', async () => {
    const project = await pipelineProject('demo/.pipelines/found again')
    const controller = await startController(project, ['only'])
    const { tasks } = await sdk.ok('tasks.get_all', {
      ...{ project: [project], type: ['controller'], system_tags: ['__$all', 'pipeline', '__$not', 'archived'] },
      ...{ order_by: ['-last_update'], only_fields: ['id', 'runtime.version'], search_hidden: true },
      ...{ page: 0, page_size: 500 },
    })
    expect(tasks).toMatchObject([{ id: controller, runtime: { version: '1.0.0' } }])
  })

  it('that is aborted takes back the step that waits, and stops it and itself', async () => {
    await sdk.ok('queues.create', { name: 'aborted steps' })
    const base = (await createTask(sdk, { project: 'templates', name: 'base to abort' })).id
    const project = await pipelineProject('demo/.pipelines/aborted')
    const controller = await startController(project, ['waits'])
    const { id: step } = await sdk.ok('tasks.clone', { task: base, new_task_parent: controller })
    await enqueue(sdk, step, 'aborted steps')
    await sdk.ok('tasks.dequeue', { task: step })
    await sdk.ok('tasks.stopped', { task: step, status_reason: 'pipeline aborted', force: true })
    await sdk.ok('tasks.stopped', { task: controller, status_reason: 'USER ABORTED', force: false })
    expect(await statusesOf([step, controller])).toEqual({ [step]: 'stopped', [controller]: 'stopped' })
    const queue = (await queueId(sdk, 'aborted steps')) as string
    expect(await takeTask(sdk, queue)).toBeNull()
  })

  it('that runs on its own machine is one task of type controller like any other', async () => {
    const task = await initTask(sdk, { project: 'demo', name: 'local pipeline', type: 'controller' })
    expect(task).toMatchObject({ type: 'controller', status: 'in_progress' })
  })
})
