import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { expectOwnOnly, makeTask, readTask, setStatus } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const param = (section: string, name: string) => ({ section, name, value: '1' })
const present = {
  hyperparams: {
    a: { x: param('a', 'x'), y: param('a', 'y') },
    b: { z: param('b', 'z') },
    properties: { p: param('properties', 'p') },
  },
}
const remove = (task: string, hyperparams: object[], more: object = {}) =>
  clearml.call('tasks.delete_hyper_params', { task, hyperparams, ...more })

describe('tasks.delete_hyper_params', () => {
  it('success: deletes parameters by name, and whole sections where no name is given', async () => {
    const task = await makeTask(clearml, present)
    const keys = [{ section: 'a', name: 'x' }, { section: 'b', name: '' }, { section: 'Properties' }]
    expect(await remove(task, keys)).toMatchObject({ status: 200, data: { deleted: 1 } })
    expect((await readTask(clearml, task)).hyperparams).toEqual({ a: { y: param('a', 'y') } })
  })

  it('success: what is not there needs no deleting', async () => {
    const task = await makeTask(clearml, present)
    expect(
      await remove(task, [{ section: 'none' }, { section: 'a', name: 'none' }, { section: 'toString', name: 'x' }]),
    ).toMatchObject({
      data: { deleted: 1 },
    })
    expect((await readTask(clearml, task)).hyperparams).toEqual(present.hyperparams)
  })

  it('success: properties may go in any status, and are no update of the work', async () => {
    const task = await makeTask(clearml, present)
    await setStatus(clearml, task, 'published')
    const before = await readTask(clearml, task)
    expect(await remove(task, [{ section: 'PROPERTIES', name: 'p' }])).toMatchObject({ status: 200 })
    const after = await readTask(clearml, task)
    expect(after.hyperparams).not.toHaveProperty('properties')
    expect(after.last_update).toBe(before.last_update)
  })

  it('refusal: in progress without force, and completed whatever force says', async () => {
    const task = await makeTask(clearml, present)
    await setStatus(clearml, task, 'in_progress')
    expect(await remove(task, [{ section: 'a' }])).toMatchObject({ status: 400, subcode: 110 })
    expect(await remove(task, [{ section: 'a' }], { force: true })).toMatchObject({ status: 200 })
    await setStatus(clearml, task, 'completed')
    expect(await remove(task, [{ section: 'b' }], { force: true })).toMatchObject({ status: 400, subcode: 110 })
  })

  it('refusal: a section together with one of its parameters', async () => {
    const task = await makeTask(clearml, present)
    const answer = await remove(task, [{ section: 'a' }, { section: 'a', name: 'x' }])
    expect(answer).toMatchObject({ status: 400, subcode: 15 })
    expect((await readTask(clearml, task)).hyperparams).toEqual(present.hyperparams)
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    await expectOwnOnly(clearml, 'tasks.delete_hyper_params', (task) => ({ task, hyperparams: [{ section: 'a' }] }))
  })

  it.each([
    ['nothing to delete', { hyperparams: [] }],
    ['a key without a section', { hyperparams: [{ name: 'x' }] }],
    ['a section of blanks', { hyperparams: [{ section: ' ' }] }],
  ])('wrong input: %s', async (_what, fields) => {
    const task = await makeTask(clearml)
    expect(await clearml.call('tasks.delete_hyper_params', { task, ...fields })).toMatchObject({
      status: 400,
      subcode: 12,
    })
  })
})
