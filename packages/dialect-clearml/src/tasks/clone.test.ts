import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import {
  embedScript,
  inputOf,
  makeModel,
  makeProject,
  makePublicTask,
  makeTask,
  readRow,
  readTask,
  setStatus,
  unknownTask,
} from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const clone = async (task: string, fields: object = {}) => {
  const { id } = await clearml.ok('tasks.clone', { task, ...fields })
  return readTask(clearml, id)
}
const param = { section: 'Args', name: 'lr', value: '0.1' }

describe('tasks.clone', () => {
  it('success: makes a draft of the caller that does the same as the original', async () => {
    const project = await makeProject(clearml, 'clone/a')
    const model = await makeModel(clearml)
    const content = {
      ...{ type: 'training', comment: 'why', tags: ['a'], container: { image: 'i' } },
      hyperparams: { Args: { lr: param } },
      configuration: { net: { name: 'net', value: '{}' } },
    }
    const id = await makeTask(clearml, {
      ...content,
      ...{
        project,
        system_tags: ['pipeline', 'development', 'archived'],
        output_dest: 's3://bucket',
        runtime: { a: 1 },
      },
      script: { repository: 'r', requirements: { pip: 'a' } },
      execution: {
        framework: 'none',
        artifacts: [
          { key: 'in', type: 't', mode: 'input' },
          { key: 'out', type: 't' },
        ],
      },
      models: { input: [{ name: 'in', model }], output: [{ name: 'out', model: 'm' }] },
    })
    await clearml.ok('tasks.update', { task: id, output__error: 'broken', created: '2020-01-01' })
    await clearml.ok('tasks.add_or_update_model', { task: id, name: 'out', model: 'm', type: 'output', iteration: 5 })
    await setStatus(clearml, id, 'completed')
    const user = await clearml.another()
    const { id: cloneId } = await user.ok('tasks.clone', { task: id })
    const [original, task] = [await readTask(clearml, id), await readTask(clearml, cloneId)]
    expect(task).toMatchObject({
      ...content,
      ...{ name: 'a task', status: 'created', user: user.user.id, company: clearml.company, project, parent: id },
      ...{ system_tags: ['pipeline'], output: { destination: 's3://bucket' }, last_iteration: 0 },
      models: { input: [{ name: 'in', model }], output: [] },
    })
    expect(task.id).not.toBe(id)
    expect(task.script).toEqual(original.script)
    expect(task.execution).toEqual({ ...original.execution, artifacts: [{ key: 'in', type: 't', mode: 'input' }] })
    expect([task.output, task.runtime]).toEqual([{ destination: 's3://bucket' }, {}])
    expect(Date.parse(task.created)).toBeGreaterThan(Date.parse(original.created))
    for (const field of ['started', 'completed', 'published', 'status_changed']) expect(task).not.toHaveProperty(field)
  })

  it('success: what is given replaces what the original has; an empty name, comment or tags does not', async () => {
    const [id, parent] = [
      await makeTask(clearml, { comment: 'why', tags: ['a'], system_tags: ['s'] }),
      await makeTask(clearml),
    ]
    expect(
      await clone(id, {
        ...{ new_task_name: ' renamed ', new_task_comment: 'because', new_task_tags: ['b'], new_task_system_tags: [] },
        ...{ new_task_parent: parent, new_task_container: { image: 'i' }, new_task_input_models: [] },
        new_task_hyperparams: { Args: { lr: param } },
        new_task_configuration: { net: { name: 'net', value: '1' } },
      }),
    ).toMatchObject({
      ...{ name: 'renamed', comment: 'because', tags: ['b'], system_tags: [], parent, container: { image: 'i' } },
      ...{ hyperparams: { Args: { lr: param } }, configuration: { net: { value: '1' } } },
    })
    const empty = { new_task_name: '', new_task_comment: '', new_task_tags: [], new_task_project: '' }
    expect(await clone(id, empty)).toMatchObject({ name: 'a task', comment: 'why', tags: ['a'] })
  })

  it("success: the parent is the original's, or the original where it has none or a deleted one", async () => {
    const first = await makeTask(clearml)
    const second = await clone(first)
    expect(second.parent).toBe(first)
    expect((await clone(second.id)).parent).toBe(first)
    const deleted = () => ({ set: { parent: `__DELETED__${first}` } })
    await clearml.services.tasks.changeTask(clearml.company, second.id, deleted)
    expect((await clone(second.id)).parent).toBe(second.id)
  })

  it('success: overrides replace the keys of the execution that they name', async () => {
    const model = await makeModel(clearml)
    const id = await makeTask(clearml, {
      execution: { framework: 'none', model_labels: { cat: 1 }, parameters: { old: '1' } },
      hyperparams: { Args: { lr: param, old: { ...param, name: 'old', type: 'legacy' } } },
    })
    const execution_overrides = {
      model_labels: { dog: '2' },
      parameters: { new: '1' },
      model,
      docker_cmd: 'image --gpus all',
    }
    const task = await clone(id, { execution_overrides })
    expect(task.execution).toMatchObject({ framework: 'none', model_labels: { dog: 2 }, parameters: {} })
    expect(task.execution.model_labels).toEqual({ dog: 2 })
    expect(Object.keys(task.hyperparams.Args).sort()).toEqual(['lr', 'new'])
    expect(task.models.input).toMatchObject([{ name: 'Input Model', model }])
    expect(task.container).toEqual({ image: 'image', arguments: '--gpus all' })
  })

  it('success: puts the clone into the project of a path, made where there is none', async () => {
    const id = await makeTask(clearml)
    const first = await clearml.ok('tasks.clone', { task: id, new_project_name: 'clone new/b' })
    expect(first.new_project).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/), name: 'clone new/b' })
    expect((await readTask(clearml, first.id)).project).toBe(first.new_project.id)
    const second = await clearml.ok('tasks.clone', { task: id, new_project_name: 'clone new/b' })
    expect(second.new_project).toEqual(first.new_project)
    const project = await makeProject(clearml, 'clone/c')
    const given = await clearml.ok('tasks.clone', {
      task: id,
      new_task_project: project,
      new_project_name: 'clone unmade',
    })
    expect(given).not.toHaveProperty('new_project')
    expect(await clearml.services.projects.findProjectByName(clearml.company, 'clone unmade')).toBeNull()
  })

  it('success: the clone of a job is a job with the same input, a large one in a file of its own', async () => {
    for (const input of [{ texts: ['a'] }, { texts: ['x'.repeat(70_000)] }]) {
      const id = await makeTask(clearml, { script: embedScript, configuration: inputOf(input) })
      const task = await clone(id)
      const [original, row] = [await readRow(clearml, id), await readRow(clearml, task.id)]
      expect([row.job, row.input, row.attemptsAllowed]).toEqual(['embed.text', original.input, 3])
      expect(row.inputKey === null).toBe(original.inputKey === null)
      expect(task.configuration).toEqual(inputOf(input))
      if (original.inputKey === null) continue
      await clearml.ok('tasks.edit', { task: id, configuration: {} })
      expect((await readTask(clearml, task.id)).configuration).toEqual(inputOf(input))
    }
  })

  it("success: another company's public task, not into a project that only they see", async () => {
    const other = await clearml.another({ company: 'new' })
    const theirs = await makeProject(clearml, 'clone theirs', other.company)
    const task = await clone(await makePublicTask(other, { project: theirs }))
    expect(task).toMatchObject({ company: clearml.company, user: clearml.user.id })
    expect(task).not.toHaveProperty('project')
  })

  it("refusal: an unknown task, and another company's", async () => {
    const other = await clearml.another({ company: 'new' })
    for (const task of [unknownTask, 'nonsense', await makeTask(other)]) {
      expect(await clearml.call('tasks.clone', { task })).toMatchObject({ status: 400, subcode: 101 })
    }
  })

  it.each([
    ['an unknown parent', { new_task_parent: unknownTask }, 101],
    ['an unknown project', { new_task_project: unknownTask }, 401],
    ['an unknown input model', { new_task_input_models: [{ name: 'in', model: unknownTask }] }, 201],
  ])('refusal: %s', async (_what, fields, subcode) => {
    const task = await makeTask(clearml)
    expect(await clearml.call('tasks.clone', { task, ...fields })).toMatchObject({ status: 400, subcode })
  })

  it('refusal: a public project, given or taken over', async () => {
    const project = await makeProject(clearml, 'clone everybody', '')
    const [id, inside] = [await makeTask(clearml), await makeTask(clearml)]
    await clearml.ok('tasks.update', { task: inside, project })
    for (const request of [{ task: id, new_task_project: project }, { task: inside }]) {
      expect(await clearml.call('tasks.clone', request)).toMatchObject({ status: 403, subcode: 21 })
    }
  })

  it("refusal: the original's references are only held against what is there where that is asked for", async () => {
    const task = await makeTask(clearml)
    await clearml.ok('tasks.add_or_update_model', { task, name: 'in', model: 'gone', type: 'input' })
    await clone(task)
    expect(await clearml.call('tasks.clone', { task, validate_references: true })).toMatchObject({
      status: 400,
      subcode: 201,
    })
  })

  it('refusal: no project is made for a clone that is refused', async () => {
    const task = await makeTask(clearml)
    const request = { task, new_project_name: 'clone never', new_task_name: 'ab' }
    expect(await clearml.call('tasks.clone', request)).toMatchObject({ status: 400, subcode: 800 })
    expect(await clearml.services.projects.findProjectByName(clearml.company, 'clone never')).toBeNull()
  })

  it.each([
    ['no task', { task: undefined }, 12],
    ['a short name', { new_task_name: 'ab' }, 800],
    ['a reserved tag', { new_task_tags: ['__$all'] }, 16],
    ['an empty path', { new_project_name: '/' }, 407],
    ['an unknown key of a parameter', { new_task_hyperparams: { a: { b: { ...param, extra: 1 } } } }, 12],
  ])('wrong input: %s', async (_what, fields, subcode) => {
    const task = await makeTask(clearml)
    expect(await clearml.call('tasks.clone', { task, ...fields })).toMatchObject({ status: 400, subcode })
  })
})
