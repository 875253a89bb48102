import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import {
  embedScript,
  expectOwnOnly,
  inputOf,
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

const edit = (task: string, fields: object) => clearml.ok('tasks.edit', { task, ...fields })
const param = (section: string, name: string, value: string) => ({ section, name, value })

describe('tasks.edit', () => {
  it('success: merges script, execution, output and models one level deep', async () => {
    const id = await makeTask(clearml, {
      script: { repository: 'r', branch: 'main', requirements: { pip: 'a' } },
      execution: { framework: 'none', model_labels: { cat: 1 }, artifacts: [{ key: 'a', type: 't' }] },
      output_dest: 's3://bucket',
      models: { output: [{ name: 'out', model: 'm' }] },
    })
    await edit(id, {
      script: { branch: 'next', requirements: { conda: 'b' } },
      execution: { model_labels: { dog: 2 } },
      output: { error: 'none yet' },
      models: { input: [] },
    })
    expect(await readTask(clearml, id)).toMatchObject({
      script: { repository: 'r', branch: 'next', requirements: { conda: 'b' } },
      execution: { framework: 'none', model_labels: { dog: 2 }, artifacts: [{ key: 'a', mode: 'output', type: 't' }] },
      output: { destination: 's3://bucket', error: 'none yet' },
      models: { input: [], output: [{ name: 'out', model: 'm' }] },
    })
    expect((await readTask(clearml, id)).execution.model_labels).toEqual({ dog: 2 })
    expect((await readTask(clearml, id)).script.requirements).toEqual({ conda: 'b' })
  })

  it('success: replaces hyperparams, configuration, container, runtime, tags and system_tags as a whole', async () => {
    const id = await makeTask(clearml, {
      hyperparams: { a: { x: param('a', 'x', '1') } },
      configuration: { c: { name: 'c', value: '1' } },
      ...{ container: { image: 'a' }, runtime: { a: 1 }, tags: ['a'], system_tags: ['development'] },
    })
    const whole = {
      hyperparams: { b: { y: param('b', 'y', '2') } },
      configuration: { d: { name: 'd', value: '2' } },
      ...{ container: { arguments: 'b' }, runtime: { b: 2 }, tags: ['b'], system_tags: ['archived'] },
    }
    await edit(id, whole)
    const task = await readTask(clearml, id)
    for (const [field, value] of Object.entries(whole)) expect(task[field]).toEqual(value)
  })

  it('success: artifacts that are given replace all, ordered by key, their display data sorted', async () => {
    const id = await makeTask(clearml, { execution: { artifacts: [{ key: 'old', type: 't' }] } })
    const artifact = {
      type: 't',
      display_data: [
        ['b', 1],
        ['a', 2],
      ],
    }
    await edit(id, {
      execution: {
        artifacts: [
          { key: 'z', ...artifact },
          { key: 'a', ...artifact, mode: 'input' },
        ],
      },
    })
    expect((await readTask(clearml, id)).execution.artifacts).toEqual([
      {
        key: 'a',
        mode: 'input',
        type: 't',
        display_data: [
          ['a', 2],
          ['b', 1],
        ],
      },
      {
        key: 'z',
        mode: 'output',
        type: 't',
        display_data: [
          ['a', 2],
          ['b', 1],
        ],
      },
    ])
  })

  it('success: a null changes nothing; an empty text, list or object clears', async () => {
    const parent = await makeTask(clearml)
    const id = await makeTask(clearml, { comment: 'why', parent, tags: ['a'], runtime: { a: 1 } })
    expect(await edit(id, { comment: null, parent: null, tags: null, runtime: null })).toEqual({
      updated: 0,
      fields: {},
    })
    await edit(id, { comment: '', parent: '', tags: [], runtime: {} })
    const task = await readTask(clearml, id)
    expect(task).toMatchObject({ comment: '', tags: [], runtime: {} })
    expect(task).not.toHaveProperty('parent')
  })

  it('success: answers what was set, who set it and when', async () => {
    const id = await makeTask(clearml)
    const { updated, fields } = await edit(id, { name: ' new name ', type: 'training', script: { branch: 'main' } })
    const { last_change, last_update, script } = await readTask(clearml, id)
    expect(updated).toBe(1)
    expect(fields).toEqual({
      ...{ name: 'new name', type: 'training', script, last_change, last_update },
      last_changed_by: clearml.user.id,
    })
    expect(last_update).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
  })

  it('success: last_update stays where only name, comment, project, tags or system tags change', async () => {
    const id = await makeTask(clearml)
    const before = await readTask(clearml, id)
    const { fields } = await edit(id, { name: 'renamed', comment: 'c', tags: ['t'], system_tags: ['s'], project: '' })
    const after = await readTask(clearml, id)
    expect(fields).not.toHaveProperty('last_update')
    expect(after.last_update).toBe(before.last_update)
    expect(Date.parse(after.last_change)).toBeGreaterThanOrEqual(Date.parse(before.last_change))
    expect(fields.last_change).toBe(after.last_change)
  })

  it('success: with force any status may be edited, and a status is written as it is', async () => {
    const id = await makeTask(clearml)
    const { fields } = await edit(id, { status: 'published' })
    expect(fields.status).toBe('published')
    await edit(id, { force: true, comment: 'after all' })
    const task = await readTask(clearml, id)
    expect(task).toMatchObject({ status: 'published', comment: 'after all' })
    expect(task).not.toHaveProperty('published')
  })

  it('success: old parameters of older clients are replaced, all others stay', async () => {
    const id = await makeTask(clearml, {
      hyperparams: { Args: { kept: param('Args', 'kept', '1') } },
      execution: { parameters: { old: 1 } },
    })
    await edit(id, { execution: { parameters: { new: null } } })
    const { hyperparams } = await readTask(clearml, id)
    expect(Object.keys(hyperparams.Args).sort()).toEqual(['kept', 'new'])
    expect(hyperparams.Args.new).toMatchObject({ type: 'legacy', value: 'None' })
  })

  describe('a script that goes to the repository inferq', () => {
    it('success: makes a job of the task, with its configuration `input`', async () => {
      const id = await makeTask(clearml, {
        configuration: { ...inputOf({ texts: ['a'] }), other: { name: 'other', value: '' } },
      })
      await edit(id, { script: embedScript })
      expect(await readRow(clearml, id)).toMatchObject({ job: 'embed.text', input: '{"texts":["a"]}' })
      expect(Object.keys((await readTask(clearml, id)).configuration).sort()).toEqual(['input', 'other'])
    })

    it('refusal: not with an input that is no JSON', async () => {
      const id = await makeTask(clearml, { configuration: { input: { name: 'input', value: 'plain' } } })
      const answer = await clearml.call('tasks.edit', { task: id, script: embedScript })
      expect(answer).toMatchObject({ status: 400, subcode: 12, msg: expect.stringContaining('configuration.input') })
      expect(await readRow(clearml, id)).toMatchObject({ job: null, input: null })
    })

    it('refusal: not while the task waits or runs, whatever force says', async () => {
      const id = await makeTask(clearml)
      await setStatus(clearml, id, 'in_progress')
      const answer = await clearml.call('tasks.edit', { task: id, force: true, script: embedScript })
      expect(answer).toMatchObject({ status: 400, subcode: 110 })
    })
  })

  describe('a script that leaves the repository inferq', () => {
    it('success: gives the task to agents, its input back among its configurations and its file gone', async () => {
      const large = inputOf({ texts: ['x'.repeat(70_000)] })
      const id = await makeTask(clearml, { script: embedScript, configuration: large })
      const { inputKey } = await readRow(clearml, id)
      await edit(id, { script: { repository: 'https://host/repo.git' } })
      expect(await readRow(clearml, id)).toMatchObject({ job: null, input: null, inputKey: null })
      expect((await readTask(clearml, id)).configuration).toEqual(large)
      expect(await clearml.services.files.getText(inputKey as string)).toBeNull()
    })
  })

  describe('the configuration `input` of a job', () => {
    it('success: a new one replaces the file of the old one', async () => {
      const id = await makeTask(clearml, { script: embedScript, configuration: inputOf('x'.repeat(70_000)) })
      const { inputKey: old } = await readRow(clearml, id)
      await edit(id, { configuration: inputOf('y'.repeat(70_000)) })
      const { inputKey } = await readRow(clearml, id)
      expect(inputKey).not.toBe(old)
      expect(await clearml.services.files.getText(old as string)).toBeNull()
      expect((await readTask(clearml, id)).configuration.input.value).toBe(JSON.stringify('y'.repeat(70_000)))
    })

    it('success: sent back as it was read, it stays in its file', async () => {
      const id = await makeTask(clearml, { script: embedScript, configuration: inputOf('x'.repeat(70_000)) })
      const { inputKey } = await readRow(clearml, id)
      await edit(id, { configuration: (await readTask(clearml, id)).configuration })
      expect((await readRow(clearml, id)).inputKey).toBe(inputKey)
      expect(await clearml.services.files.getText(inputKey as string)).not.toBeNull()
    })

    it('success: the file that a live run was made with stays for its worker', async () => {
      const id = await makeTask(clearml, { script: embedScript, configuration: inputOf('x'.repeat(70_000)) })
      await setStatus(clearml, id, 'in_progress')
      const { inputKey: old } = await readRow(clearml, id)
      await edit(id, { force: true, configuration: inputOf('y') })
      expect(await readRow(clearml, id)).toMatchObject({ input: '"y"', inputKey: null })
      expect(await clearml.services.files.getText(old as string)).not.toBeNull()
    })

    it('success: a configuration without it leaves the job without an input', async () => {
      const id = await makeTask(clearml, { script: embedScript, configuration: inputOf('a') })
      await edit(id, { configuration: {} })
      expect(await readRow(clearml, id)).toMatchObject({ job: 'embed.text', input: null, inputKey: null })
      expect((await readTask(clearml, id)).configuration).toEqual({})
    })

    it('refusal: the large input of an edit that is refused leaves no file', async () => {
      const put = vi.spyOn(clearml.services.files, 'put')
      const drop = vi.spyOn(clearml.services.files, 'delete')
      const id = await makeTask(clearml, { script: embedScript })
      put.mockImplementationOnce(async () => void (await setStatus(clearml, id, 'completed')))
      const answer = await clearml.call('tasks.edit', { task: id, configuration: inputOf('x'.repeat(70_000)) })
      expect(answer).toMatchObject({ status: 400, subcode: 110 })
      expect(put).toHaveBeenCalledOnce()
      expect(drop.mock.calls).toEqual(put.mock.calls.map(([key]) => [key]))
      put.mockRestore()
      drop.mockRestore()
    })
  })

  it('refusal: only drafts are edited without force', async () => {
    const id = await makeTask(clearml)
    await setStatus(clearml, id, 'completed')
    expect(await clearml.call('tasks.edit', { task: id, comment: 'c' })).toMatchObject({ status: 400, subcode: 110 })
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    await expectOwnOnly(clearml, 'tasks.edit', (task) => ({ task, name: 'renamed' }))
  })

  it.each([
    ['an unknown parent', { parent: unknownTask }, 16],
    ['an unknown project', { project: unknownTask }, 16],
    ['an unknown input model', { models: { input: [{ name: 'in', model: unknownTask }] } }, 201],
  ])('refusal: %s', async (_what, fields, subcode) => {
    const task = await makeTask(clearml)
    expect(await clearml.call('tasks.edit', { task, ...fields })).toMatchObject({ status: 400, subcode })
  })

  it.each([
    ['no task', { task: undefined }, 12],
    ['a short name', { name: 'ab' }, 800],
    ['an unknown status', { status: 'nonsense' }, 12],
    ['tags that are no list', { tags: 'a' }, 12],
    ['an unknown key of the output', { output: { nonsense: 1 } }, 12],
    ['a reserved tag', { tags: ['__$not'] }, 16],
  ])('wrong input: %s', async (_what, fields, subcode) => {
    const task = await makeTask(clearml)
    expect(await clearml.call('tasks.edit', { task, ...fields })).toMatchObject({ status: 400, subcode })
  })
})
