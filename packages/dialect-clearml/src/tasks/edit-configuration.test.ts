import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { embedScript, expectOwnOnly, makeTask, readRow, readTask, setStatus } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const item = (name: string, value: string) => ({ name, value })
const present = { configuration: { a: item('a', '1'), b: item('b', '2') } }
const edit = (task: string, configuration: object[], more: object = {}) =>
  clearml.call('tasks.edit_configuration', { task, configuration, ...more })

describe('tasks.edit_configuration', () => {
  it('success: sets each item and leaves all others', async () => {
    const task = await makeTask(clearml, present)
    const named = { name: ' a ', value: '', type: 't', description: 'd' }
    expect(await edit(task, [named, item('c.d', '3')])).toMatchObject({ status: 200, data: { updated: 1 } })
    expect((await readTask(clearml, task)).configuration).toEqual({
      a: { name: 'a', value: '', type: 't', description: 'd' },
      b: item('b', '2'),
      'c.d': item('c.d', '3'),
    })
  })

  it('success: replaces all where that is asked for', async () => {
    const task = await makeTask(clearml, present)
    await edit(task, [item('c', '3')], { replace_configuration: true })
    expect((await readTask(clearml, task)).configuration).toEqual({ c: item('c', '3') })
  })

  it('success: configurations that many edit at once all survive', async () => {
    const task = await makeTask(clearml)
    const names = Array.from({ length: 10 }, (_, index) => `c${index}`)
    await Promise.all(names.map((name) => edit(task, [item(name, name)])))
    expect(Object.keys((await readTask(clearml, task)).configuration).sort()).toEqual(names)
  })

  it('success: the item `input` of a job is what its worker gets; other items leave it where it is', async () => {
    const large = JSON.stringify({ texts: ['x'.repeat(70_000)] })
    const task = await makeTask(clearml, { script: embedScript })
    await edit(task, [item('input', '{"texts":["a"]}')])
    expect(await readRow(clearml, task)).toMatchObject({ input: '{"texts":["a"]}', inputKey: null })
    await edit(task, [item('input', large)])
    const { inputKey } = await readRow(clearml, task)
    expect(await clearml.services.files.getText(inputKey as string)).toBe(large)
    await edit(task, [item('other', 'plain')])
    expect(await readRow(clearml, task)).toMatchObject({ input: null, inputKey })
    expect((await readTask(clearml, task)).configuration).toEqual({
      input: { ...item('input', large), type: 'json' },
      other: item('other', 'plain'),
    })
  })

  it('success: with force also while the task is in progress', async () => {
    const task = await makeTask(clearml, present)
    await setStatus(clearml, task, 'in_progress')
    expect(await edit(task, [item('a', '2')], { force: true })).toMatchObject({ status: 200 })
  })

  it('refusal: in progress without force, and completed whatever force says', async () => {
    const task = await makeTask(clearml, present)
    await setStatus(clearml, task, 'in_progress')
    expect(await edit(task, [item('a', '2')])).toMatchObject({ status: 400, subcode: 110 })
    await setStatus(clearml, task, 'completed')
    expect(await edit(task, [item('a', '2')], { force: true })).toMatchObject({ status: 400, subcode: 110 })
    expect((await readTask(clearml, task)).configuration).toEqual(present.configuration)
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    await expectOwnOnly(clearml, 'tasks.edit_configuration', (task) => ({ task, configuration: [item('a', '1')] }))
  })

  it.each([
    ['no items', { configuration: [] }],
    ['an item without a value', { configuration: [{ name: 'a' }] }],
    ['a name of blanks', { configuration: [item(' ', '1')] }],
    ['an unknown key', { configuration: [{ ...item('a', '1'), extra: 1 }] }],
  ])('wrong input: %s', async (_what, fields) => {
    const task = await makeTask(clearml)
    expect(await clearml.call('tasks.edit_configuration', { task, ...fields })).toMatchObject({
      status: 400,
      subcode: 12,
    })
  })

  it('wrong input: an `input` of a job that is no JSON', async () => {
    const task = await makeTask(clearml, { script: embedScript })
    const answer = await edit(task, [item('input', 'plain')])
    expect(answer).toMatchObject({ status: 400, subcode: 12, msg: expect.stringContaining('configuration.input') })
  })
})
