import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { embedScript, inputOf, unknownTask } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const valid = { name: 'valid', type: 'testing' }

describe('tasks.validate', () => {
  it('success: says nothing of a task that could be made, and makes none', async () => {
    const create = vi.spyOn(clearml.services.tasks, 'createTask')
    const put = vi.spyOn(clearml.services.files, 'put')
    const large = inputOf({ texts: ['x'.repeat(70_000)] })
    expect(await clearml.ok('tasks.validate', { ...valid, script: embedScript, configuration: large })).toEqual({})
    expect([create.mock.calls, put.mock.calls]).toEqual([[], []])
    create.mockRestore()
    put.mockRestore()
  })

  it('success: the length of the name and a parent that was deleted do not count', async () => {
    expect(await clearml.ok('tasks.validate', { ...valid, name: 'a', parent: `__DELETED__${unknownTask}` })).toEqual({})
  })

  it.each([
    ['an unknown parent', { parent: unknownTask }, 16],
    ['an unknown project', { project: unknownTask }, 16],
    ['an unknown input model', { models: { input: [{ name: 'in', model: unknownTask }] } }, 201],
  ])('refusal: %s', async (_what, fields, subcode) => {
    expect(await clearml.call('tasks.validate', { ...valid, ...fields })).toMatchObject({ status: 400, subcode })
  })

  it.each([
    ['no type', { type: undefined }, 12],
    ['an unknown key of the script', { script: { nonsense: '' } }, 12],
    ['a tag that begins as the query language does', { tags: ['__$all'] }, 16],
    [
      'an input of a job that is no JSON',
      { script: embedScript, configuration: { input: { name: 'input', value: '{' } } },
      12,
    ],
  ])('wrong input: %s', async (_what, fields, subcode) => {
    expect(await clearml.call('tasks.validate', { ...valid, ...fields })).toMatchObject({ status: 400, subcode })
  })
})
