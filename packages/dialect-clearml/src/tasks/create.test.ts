import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import {
  embedScript,
  inputOf,
  makeModel,
  makeProject,
  makeTask,
  readRow,
  readTask,
  unknownTask,
} from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const largeInput = { texts: ['x'.repeat(70_000)] }

describe('tasks.create', () => {
  it('success: makes a draft with everything that it was given', async () => {
    const parent = await makeTask(clearml)
    const project = await makeProject(clearml, 'create/a')
    const id = await makeTask(clearml, {
      name: '  trimmed  ',
      comment: 'why',
      tags: ['b', 'a'],
      system_tags: ['development'],
      parent,
      project: project,
      output_dest: 's3://bucket',
      script: { repository: ' https://host/repo.git ', diff: ' kept ', requirements: { pip: ['a'] } },
      execution: { framework: 'none', model_labels: { cat: 1, dog: null }, dropped: true },
      hyperparams: { Args: { lr: { section: 'Args', name: 'lr', value: '0.1' } } },
      configuration: { net: { name: 'net', value: '{}', type: 'json' } },
      models: { output: [{ name: 'out', model: 'm1' }] },
      container: { image: 'python', arguments: null },
      runtime: { _key: 1 },
    })
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(await readTask(clearml, id)).toMatchObject({
      name: 'trimmed',
      type: 'testing',
      status: 'created',
      user: clearml.user.id,
      company: clearml.company,
      comment: 'why',
      tags: ['a', 'b'],
      system_tags: ['development'],
      parent,
      project: project,
      output: { destination: 's3://bucket' },
      script: {
        binary: 'python',
        repository: 'https://host/repo.git',
        entry_point: '',
        diff: ' kept ',
        requirements: { pip: ['a'] },
      },
      execution: { framework: 'none', model_labels: { cat: 1, dog: null }, artifacts: [], parameters: {} },
      hyperparams: { Args: { lr: { section: 'Args', name: 'lr', value: '0.1' } } },
      configuration: { net: { name: 'net', value: '{}', type: 'json' } },
      models: { input: [], output: [{ name: 'out', model: 'm1', updated: expect.stringMatching(/\+00:00$/) }] },
      container: { image: 'python', arguments: null },
      runtime: { _key: 1 },
    })
  })

  it('success: a name and a type are enough, and unknown fields and nulls are as good as absent', async () => {
    const id = await makeTask(clearml, { comment: null, script: null, tags: null, nonsense: 1 })
    const task = await readTask(clearml, id)
    expect(task).toMatchObject({
      tags: [],
      system_tags: [],
      output: {},
      models: { input: [], output: [] },
      hyperparams: {},
    })
    expect(task).not.toHaveProperty('comment')
  })

  it('success: a script in the repository inferq makes a job with the configuration `input` as its input', async () => {
    const id = await makeTask(clearml, { script: embedScript, configuration: inputOf({ texts: ['a'] }) })
    expect(await readRow(clearml, id)).toMatchObject({
      job: 'embed.text',
      input: '{"texts":["a"]}',
      inputKey: null,
      attemptsAllowed: 3,
    })
    expect(await readTask(clearml, id)).toMatchObject({
      script: embedScript,
      configuration: { input: { name: 'input', type: 'json', value: '{"texts":["a"]}' } },
    })
  })

  it('success: a large input of a job is kept in a file and reads the same', async () => {
    const id = await makeTask(clearml, { script: embedScript, configuration: inputOf(largeInput) })
    const { input, inputKey } = await readRow(clearml, id)
    expect([input, inputKey]).toEqual([null, expect.stringContaining(`inputs/${id}-`)])
    expect((await readTask(clearml, id)).configuration.input.value).toBe(JSON.stringify(largeInput))
  })

  it('success: parameters and model description of older clients become hyperparameters and configuration', async () => {
    const id = await makeTask(clearml, {
      execution: { parameters: { lr: 0.5, 'TF_DEFINE/on': true }, model_desc: { net: 'deep' } },
    })
    expect(await readTask(clearml, id)).toMatchObject({
      hyperparams: {
        Args: { lr: { section: 'Args', name: 'lr', type: 'legacy', value: '0.5' } },
        TF_DEFINE: { on: { section: 'TF_DEFINE', name: 'on', type: 'legacy', value: 'True' } },
      },
      configuration: { net: { name: 'net', type: 'legacy', value: 'deep' } },
    })
  })

  it('success: before 2.13 the model and the docker command are read from the execution', async () => {
    const model = await makeModel(clearml)
    const execution = { model, docker_cmd: 'image --gpus all' }
    const { id } = await clearml.ok('tasks.create', { name: 'older', type: 'testing', execution }, { version: '2.12' })
    expect(await readTask(clearml, id)).toMatchObject({
      models: { input: [{ name: 'Input Model', model }] },
      container: { image: 'image', arguments: '--gpus all' },
    })
  })

  it('success: before 2.3 the tags are split from the system tags', async () => {
    const tags = ['mine', 'archived', 'annotator20']
    const { id } = await clearml.ok('tasks.create', { name: 'oldest', type: 'testing', tags }, { version: '2.2' })
    expect(await readTask(clearml, id)).toMatchObject({ tags: ['mine'], system_tags: ['annotator20', 'archived'] })
  })

  it.each([
    ['an unknown parent', { parent: unknownTask }, 400, 16],
    ['an unknown project', { project: unknownTask }, 400, 16],
    ['a project that is no id', { project: 'nonsense' }, 400, 16],
    ['an unknown input model', { models: { input: [{ name: 'in', model: 'nonsense' }] } }, 400, 201],
    ['two labels with the same id', { execution: { model_labels: { a: 1, b: 1 } } }, 400, 800],
  ])('refusal: %s', async (_what, fields, status, subcode) => {
    const answer = await clearml.call('tasks.create', { name: 'refused', type: 'testing', ...fields })
    expect(answer).toMatchObject({ status, subcode, data: {} })
  })

  it('refusal: a public project takes no tasks', async () => {
    const everybody = await makeProject(clearml, 'everybody', '')
    const answer = await clearml.call('tasks.create', { name: 'refused', type: 'testing', project: everybody })
    expect(answer).toMatchObject({ status: 403, subcode: 21 })
  })

  it('refusal: a large input that is refused leaves no file', async () => {
    const put = vi.spyOn(clearml.services.files, 'put')
    const configuration = { input: { name: 'input', value: `{${'x'.repeat(70_000)}` } }
    const answer = await clearml.call('tasks.create', {
      name: 'refused',
      type: 'testing',
      script: embedScript,
      configuration,
    })
    expect(answer).toMatchObject({ status: 400, subcode: 12, msg: expect.stringContaining('configuration.input') })
    expect(put).not.toHaveBeenCalled()
    put.mockRestore()
  })

  it.each([
    ['no name', { name: undefined }, 400, 12],
    ['a name that is no text', { name: 7 }, 400, 12],
    ['a name of less than 3 characters without blanks', { name: ' ab ' }, 400, 800],
    ['no type', { type: undefined }, 400, 12],
    ['an unknown type', { type: 'nonsense' }, 400, 12],
    ['an unknown key of the script', { script: { nonsense: '' } }, 400, 12],
    [
      'an unknown key of a parameter',
      { hyperparams: { a: { b: { section: 'a', name: 'b', value: '', extra: 1 } } } },
      400,
      12,
    ],
    ['a parameter without a value', { hyperparams: { a: { b: { section: 'a', name: 'b' } } } }, 400, 12],
    ['a section of blanks', { hyperparams: { ' ': { b: { section: 'a', name: 'b', value: '' } } } }, 400, 12],
    ['an unknown key of a configuration', { configuration: { a: { name: 'a', value: '', extra: 1 } } }, 400, 12],
    ['an unknown key of an artifact', { execution: { artifacts: [{ key: 'a', type: 't', extra: 1 }] } }, 400, 12],
    ['an unknown key of a model', { models: { input: [{ name: 'a', model: 'b', extra: 1 }] } }, 400, 12],
    ['a tag that begins as the query language does', { tags: ['__$all'] }, 400, 16],
    ['a system tag that begins so', { system_tags: ['__$all'] }, 400, 16],
    [
      'an input of a job that is no JSON',
      { script: embedScript, configuration: { input: { name: 'input', value: '{' } } },
      400,
      12,
    ],
  ])('wrong input: %s', async (_what, fields, status, subcode) => {
    const answer = await clearml.call('tasks.create', { name: 'a task', type: 'testing', ...fields })
    expect(answer).toMatchObject({ status, subcode, data: {} })
  })
})
