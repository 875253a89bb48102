import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { expectOwnOnly, makeTask, readTask, setStatus } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const artifacts = [
  { key: 'a', type: 't' },
  { key: 'a', type: 't', mode: 'input' },
  { key: 'b', type: 't' },
]
const remove = (task: string, ids: object[], more: object = {}) =>
  clearml.call('tasks.delete_artifacts', { task, artifacts: ids, ...more })

describe('tasks.delete_artifacts', () => {
  it('success: deletes by key and mode, output where none is given; what is not there needs no deleting', async () => {
    const task = await makeTask(clearml, { execution: { artifacts } })
    expect(await remove(task, [{ key: 'a' }, { key: 'none' }, { key: 'b', mode: 'input' }])).toMatchObject({
      data: { deleted: 1 },
    })
    expect((await readTask(clearml, task)).execution.artifacts).toEqual([
      { key: 'a', type: 't', mode: 'input' },
      { key: 'b', type: 't', mode: 'output' },
    ])
  })

  it('refusal: a task that is neither a draft nor in progress, whatever force says', async () => {
    const task = await makeTask(clearml, { execution: { artifacts } })
    await setStatus(clearml, task, 'in_progress')
    expect(await remove(task, [{ key: 'a' }])).toMatchObject({ status: 200 })
    await setStatus(clearml, task, 'stopped')
    expect(await remove(task, [{ key: 'b' }], { force: true })).toMatchObject({ status: 400, subcode: 110 })
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    await expectOwnOnly(clearml, 'tasks.delete_artifacts', (task) => ({ task, artifacts: [{ key: 'a' }] }))
  })

  it.each([
    ['nothing to delete', []],
    ['no key', [{ mode: 'output' }]],
    ['an unknown mode', [{ key: 'a', mode: 'both' }]],
  ])('wrong input: %s', async (_what, ids) => {
    expect(await remove(await makeTask(clearml), ids)).toMatchObject({ status: 400, subcode: 12 })
  })
})
