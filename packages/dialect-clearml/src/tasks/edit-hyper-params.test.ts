import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { expectOwnOnly, makeTask, readTask, setStatus } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const param = (section: string, name: string, value = '1') => ({ section, name, value })
const present = { hyperparams: { a: { x: param('a', 'x'), y: param('a', 'y') }, b: { z: param('b', 'z') } } }
const edit = (task: string, hyperparams: object[], more: object = {}) =>
  clearml.call('tasks.edit_hyper_params', { task, hyperparams, ...more })

/** Section and name of all parameters that a task has. */
async function namesOf(task: string): Promise<string[]> {
  const { hyperparams } = await readTask(clearml, task)
  return Object.entries(hyperparams).flatMap(([section, items]) =>
    Object.keys(items as object).map((name) => `${section}/${name}`),
  )
}

describe('tasks.edit_hyper_params', () => {
  it('success: replacing none sets each item and leaves all others', async () => {
    const task = await makeTask(clearml, present)
    const item = { section: ' a ', name: ' x ', value: '', type: 'int', description: 'd' }
    expect(await edit(task, [item, param('c', 'n.m/$')])).toMatchObject({ data: { updated: 1 } })
    const { hyperparams } = await readTask(clearml, task)
    expect(hyperparams).toEqual({
      a: { x: { section: 'a', name: 'x', value: '', type: 'int', description: 'd' }, y: param('a', 'y') },
      b: { z: param('b', 'z') },
      c: { 'n.m/$': param('c', 'n.m/$') },
    })
  })

  it('success: replacing by section replaces the sections that are given', async () => {
    const task = await makeTask(clearml, present)
    await edit(task, [param('a', 'new')], { replace_hyperparams: 'section' })
    expect(await namesOf(task)).toEqual(['a/new', 'b/z'])
  })

  it('success: replacing all replaces everything', async () => {
    const task = await makeTask(clearml, present)
    await edit(task, [param('a', 'new')], { replace_hyperparams: 'all' })
    expect(await namesOf(task)).toEqual(['a/new'])
  })

  it('success: parameters that many edit at once all survive', async () => {
    const task = await makeTask(clearml)
    const names = Array.from({ length: 20 }, (_, index) => `p${String(index).padStart(2, '0')}`)
    const answers = await Promise.all(names.map((name) => edit(task, [param('Args', name, name)])))
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 200))
    expect((await namesOf(task)).sort()).toEqual(names.map((name) => `Args/${name}`))
  })

  it('success: properties may change in any status, in any letter case, and are no update of the work', async () => {
    const task = await makeTask(clearml)
    await setStatus(clearml, task, 'published')
    const before = await readTask(clearml, task)
    expect(await edit(task, [param('Properties', 'x'), param('properties', 'y')])).toMatchObject({ status: 200 })
    const after = await readTask(clearml, task)
    expect(after.hyperparams).toEqual({ properties: { x: param('properties', 'x'), y: param('properties', 'y') } })
    expect(after.last_update).toBe(before.last_update)
  })

  it('success: with force also while the task is in progress', async () => {
    const task = await makeTask(clearml)
    await setStatus(clearml, task, 'in_progress')
    expect(await edit(task, [param('a', 'x')], { force: true })).toMatchObject({ status: 200 })
  })

  it('refusal: in progress without force, and in any other status whatever force says', async () => {
    const task = await makeTask(clearml)
    await setStatus(clearml, task, 'in_progress')
    expect(await edit(task, [param('a', 'x')])).toMatchObject({ status: 400, subcode: 110 })
    await setStatus(clearml, task, 'completed')
    const items = [param('properties', 'x'), param('a', 'x')]
    expect(await edit(task, items, { force: true })).toMatchObject({ status: 400, subcode: 110 })
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    await expectOwnOnly(clearml, 'tasks.edit_hyper_params', (task) => ({ task, hyperparams: [param('a', 'x')] }))
  })

  it.each([
    ['no parameters', { hyperparams: [] }],
    ['a parameter without a value', { hyperparams: [{ section: 'a', name: 'x' }] }],
    ['a value that is no text', { hyperparams: [{ section: 'a', name: 'x', value: 1 }] }],
    ['a section of blanks', { hyperparams: [param(' ', 'x')] }],
    ['a name of blanks', { hyperparams: [param('a', ' ')] }],
    ['an unknown key', { hyperparams: [{ ...param('a', 'x'), extra: 1 }] }],
    ['an unknown way to replace', { hyperparams: [param('a', 'x')], replace_hyperparams: 'some' }],
  ])('wrong input: %s', async (_what, fields) => {
    const task = await makeTask(clearml)
    expect(await clearml.call('tasks.edit_hyper_params', { task, ...fields })).toMatchObject({
      status: 400,
      subcode: 12,
    })
  })
})
