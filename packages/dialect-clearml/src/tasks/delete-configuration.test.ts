import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import {
  embedScript,
  expectOwnOnly,
  inputOf,
  makeTask,
  readRow,
  readTask,
  setStatus,
} from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const present = { configuration: { a: { name: 'a', value: '1' }, b: { name: 'b', value: '2' } } }
const remove = (task: string, configuration: string[], more: object = {}) =>
  clearml.call('tasks.delete_configuration', { task, configuration, ...more })

describe('tasks.delete_configuration', () => {
  it('success: deletes by name; what is not there needs no deleting', async () => {
    const task = await makeTask(clearml, present)
    expect(await remove(task, [' a ', 'none'])).toMatchObject({ status: 200, data: { deleted: 1 } })
    expect((await readTask(clearml, task)).configuration).toEqual({ b: present.configuration.b })
  })

  it('success: a job whose `input` is deleted has none, and its file is gone', async () => {
    const task = await makeTask(clearml, { script: embedScript, configuration: inputOf('x'.repeat(70_000)) })
    const { inputKey } = await readRow(clearml, task)
    await remove(task, ['input'])
    expect(await readRow(clearml, task)).toMatchObject({ job: 'embed.text', input: null, inputKey: null })
    expect(await clearml.services.files.getText(inputKey as string)).toBeNull()
    expect((await readTask(clearml, task)).configuration).toEqual({})
  })

  it('refusal: in progress without force, and completed whatever force says', async () => {
    const task = await makeTask(clearml, present)
    await setStatus(clearml, task, 'in_progress')
    expect(await remove(task, ['a'])).toMatchObject({ status: 400, subcode: 110 })
    expect(await remove(task, ['a'], { force: true })).toMatchObject({ status: 200 })
    await setStatus(clearml, task, 'completed')
    expect(await remove(task, ['b'], { force: true })).toMatchObject({ status: 400, subcode: 110 })
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    await expectOwnOnly(clearml, 'tasks.delete_configuration', (task) => ({ task, configuration: ['a'] }))
  })

  it.each([
    ['nothing to delete', { configuration: [] }],
    ['a name of blanks', { configuration: [' '] }],
    ['a name that is no text', { configuration: [1] }],
  ])('wrong input: %s', async (_what, fields) => {
    const task = await makeTask(clearml)
    expect(await clearml.call('tasks.delete_configuration', { task, ...fields })).toMatchObject({
      status: 400,
      subcode: 12,
    })
  })
})
