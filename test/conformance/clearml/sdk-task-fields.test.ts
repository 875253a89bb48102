import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTask, edit, initTask, projectId, reload } from '../../lib/clearml-sdk/actions.ts'
import { type SdkSystem, startSdkSystem } from '../../lib/clearml-sdk/system.ts'
import type { SdkSession } from '../../lib/clearml-sdk/wire.ts'

let system: SdkSystem
let sdk: SdkSession
let task: string
beforeAll(async () => {
  system = await startSdkSystem()
  sdk = system.sdk
  task = (await initTask(sdk, { name: 'fields' })).id
})
afterAll(() => system?.stop())

const parameter = (section: string, name: string, value: string, type = 'str') => ({
  ...{ section, name, value, type, description: '' },
})

describe('Task.connect and set_parameters', () => {
  it('write the whole map, and read back each name and value as it was written', async () => {
    const names = ['lr', 'a.b', 'with space', '$dollar', '__under', 'nested/deep', 'größe', '100%']
    const Args = Object.fromEntries(names.map((name, place) => [name, parameter('Args', name, `${place}`, 'int')]))
    const hyperparams = {
      Args,
      General: { 'model/layers': parameter('General', 'model/layers', "['a', 'b']", 'list') },
    }
    expect(await edit(sdk, task, { hyperparams })).toMatchObject({ updated: 1, fields: { hyperparams } })
    expect((await reload(sdk, task)).hyperparams).toEqual(hyperparams)
  })

  it('read, change and write back, as argparse and connect do at their turns', async () => {
    const present = (await reload(sdk, task)).hyperparams
    const hyperparams = { ...present, Args: { ...present.Args, lr: parameter('Args', 'lr', '0.5', 'float') } }
    await edit(sdk, task, { hyperparams })
    expect((await reload(sdk, task)).hyperparams).toEqual(hyperparams)
    await edit(sdk, task, { hyperparams: { Args: { lr: parameter('Args', 'lr', '', 'NoneType') } } })
    expect((await reload(sdk, task)).hyperparams).toEqual({ Args: { lr: parameter('Args', 'lr', '', 'NoneType') } })
  })

  it('write also the forms that older versions call parameters', async () => {
    const older = (await createTask(sdk, { name: 'older' })).id
    await edit(sdk, older, { execution: { parameters: { batch: '16', 'TF_DEFINE/steps': '9' } } })
    expect((await reload(sdk, older)).hyperparams).toMatchObject({
      ...{ Args: { batch: { value: '16' } }, TF_DEFINE: { steps: { value: '9' } } },
    })
  })
})

describe('Task.set_user_properties', () => {
  const properties = async () => {
    const { params } = await sdk.ok('tasks.get_hyper_params', { tasks: [task] })
    expect(params).toMatchObject([{ task }])
    return params[0].hyperparams.filter(({ section }: { section: string }) => section === 'properties')
  }

  it('are set, read and deleted beside the parameters', async () => {
    const stage = { ...parameter('properties', 'stage', 'final'), description: 'how far' }
    const hyperparams = [stage, parameter('properties', 'score', '7', 'int')]
    const request = { task, hyperparams, replace_hyperparams: 'none', force: true }
    expect((await sdk.ok('tasks.edit_hyper_params', request)).updated).toBe(1)
    expect(await properties()).toMatchObject([
      { section: 'properties', name: 'score', value: '7' },
      { section: 'properties', name: 'stage', value: 'final', description: 'how far' },
    ])
    const one = { task, hyperparams: [{ section: 'properties', name: 'score' }], force: true }
    expect((await sdk.ok('tasks.delete_hyper_params', one)).deleted).toBe(1)
    expect(await properties()).toMatchObject([{ name: 'stage' }])
  })

  it('can still be set when the task has ended', async () => {
    const { id } = await initTask(sdk, { name: 'ended' })
    await sdk.ok('tasks.completed', { task: id, publish: true })
    const request = { task: id, hyperparams: [parameter('properties', 'note', 'good')], force: true }
    expect((await sdk.ok('tasks.edit_hyper_params', request)).updated).toBe(1)
  })
})

describe('Task.connect_configuration', () => {
  it('writes the whole map and reads it back, also long texts', async () => {
    const value = `{"layers": [${Array.from({ length: 5_000 }, (_, place) => place)}]}\n`
    const configuration = {
      General: { name: 'General', value, type: 'json', description: 'all of it' },
      'my config': { name: 'my config', value: 'a: 1\n', type: 'yaml' },
    }
    expect(await edit(sdk, task, { configuration })).toMatchObject({ updated: 1 })
    expect((await reload(sdk, task)).configuration).toEqual(configuration)
    await edit(sdk, task, { configuration: { 'my config': configuration['my config'] } })
    expect(Object.keys((await reload(sdk, task)).configuration)).toEqual(['my config'])
  })
})

describe('the setters of a task', () => {
  it('set tags, and add to them by writing all', async () => {
    await edit(sdk, task, { tags: ['first'] })
    const { tags } = await reload(sdk, task)
    await edit(sdk, task, { tags: [...tags, 'second'] })
    expect((await reload(sdk, task)).tags).toEqual(['first', 'second'])
    await edit(sdk, task, { tags: [] })
    expect((await reload(sdk, task)).tags).toEqual([])
  })

  it('set system tags, name, comment and container', async () => {
    const container = { image: 'nvidia/cuda:12', arguments: '--ipc=host', setup_shell_script: 'apt update\n' }
    const fields = { system_tags: ['development', 'mine'], name: 'renamed', comment: 'said\nin two lines', container }
    expect(await edit(sdk, task, fields)).toMatchObject({ updated: 1, fields })
    expect(await reload(sdk, task)).toMatchObject(fields)
    await edit(sdk, task, { container: {} })
    expect((await reload(sdk, task)).container).toEqual({})
  })

  it('move it to another project, by the id of what was found or made', async () => {
    const project = await projectId(sdk, 'moved/to here')
    await edit(sdk, task, { project })
    expect((await reload(sdk, task)).project).toBe(project)
    expect((await sdk.ok('projects.get_by_id', { project })).project).toMatchObject({
      ...{ name: 'moved/to here', basename: 'to here' },
    })
  })

  it('set name, comment, tags and project of a task that has ended', async () => {
    const { id } = await initTask(sdk, { name: 'has ended' })
    await sdk.ok('tasks.completed', { task: id, publish: true })
    await edit(sdk, id, { name: 'its new name', comment: 'better', tags: ['late'] })
    expect(await reload(sdk, id)).toMatchObject({ name: 'its new name', tags: ['late'], status: 'published' })
  })

  it('set where outputs go, and the requirements', async () => {
    await edit(sdk, task, { output_dest: 's3://bucket/folder' })
    const requirements = { pip: ['torch>=2', 'numpy'], org_pip: 'torch\n' }
    await sdk.ok('tasks.set_requirements', { task, requirements })
    expect(await reload(sdk, task)).toMatchObject({
      ...{ output: { destination: 's3://bucket/folder' }, script: { requirements } },
    })
  })

  it('write the whole execution back as it was read', async () => {
    const { execution } = await reload(sdk, task)
    await edit(sdk, task, { execution: { ...execution, model_labels: { background: 0, cat: 1 } } })
    expect((await reload(sdk, task)).execution).toMatchObject({ ...execution, model_labels: { background: 0, cat: 1 } })
  })
})
