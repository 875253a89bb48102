import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { expectOwnOnly, makeTask, readTask, setStatus } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const remove = (task: string, models: object[]) => clearml.call('tasks.delete_models', { task, models })

describe('tasks.delete_models', () => {
  it('success: takes models off the task by type and name; what is not there needs no deleting', async () => {
    const task = await makeTask(clearml)
    for (const [type, name] of [
      ['input', 'a'],
      ['output', 'a'],
      ['output', 'b'],
    ]) {
      await clearml.ok('tasks.add_or_update_model', { task, type, name, model: 'm' })
    }
    expect(
      await remove(task, [
        { type: 'output', name: 'a' },
        { type: 'input', name: 'b' },
      ]),
    ).toMatchObject({ data: { updated: 1 } })
    expect((await readTask(clearml, task)).models).toMatchObject({ input: [{ name: 'a' }], output: [{ name: 'b' }] })
  })

  it('refusal: a task that is neither a draft nor in progress', async () => {
    const task = await makeTask(clearml)
    await setStatus(clearml, task, 'published')
    expect(await remove(task, [{ type: 'input', name: 'a' }])).toMatchObject({ status: 400, subcode: 110 })
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    await expectOwnOnly(clearml, 'tasks.delete_models', (task) => ({ task, models: [{ type: 'input', name: 'a' }] }))
  })

  it.each([
    ['nothing to delete', []],
    ['no type', [{ name: 'a' }]],
    ['an unknown type', [{ name: 'a', type: 'both' }]],
    ['no name', [{ type: 'input' }]],
  ])('wrong input: %s', async (_what, models) => {
    expect(await remove(await makeTask(clearml), models)).toMatchObject({ status: 400, subcode: 12 })
  })
})
