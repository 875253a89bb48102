import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makePublicTask, makeTask, readTask, setStatus, unknownTask } from '../testing/tasks.fixture.ts'
import { logged, scalar } from './events.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('events.add', () => {
  it('success: adds one event, with all that it does to its task', async () => {
    const task = await makeTask(clearml)
    expect(await clearml.ok('events.add', scalar(task, 7, 0.5))).toEqual({ added: 1, errors: 0, errors_info: {} })
    expect(await readTask(clearml, task)).toMatchObject({ last_iteration: 7 })
    expect(await clearml.ok('events.add', logged(task, 'x'), { method: 'POST' })).toMatchObject({ added: 1 })
    const { events } = await clearml.ok('events.get_task_log', { task })
    expect(events).toMatchObject([{ msg: 'x' }])
  })

  it("refusal: unknown tasks, another company's, public and published ones", async () => {
    const other = await clearml.another({ company: 'new' })
    const [foreign, shown, locked] = [await makeTask(other), await makePublicTask(other), await makeTask(clearml)]
    await setStatus(clearml, locked, 'published')
    for (const task of [unknownTask, foreign, shown, locked]) {
      expect(await clearml.call('events.add', logged(task, 'x'))).toMatchObject({ status: 400, subcode: 131, data: {} })
    }
    expect(await clearml.ok('events.add', logged(locked, 'x', 0, { allow_locked: true }))).toMatchObject({ added: 1 })
  })

  it('refusal: an event that is none of its type', async () => {
    const task = await makeTask(clearml)
    const answer = await clearml.call('events.add', scalar(task, 1, Number.NaN))
    expect(answer).toMatchObject({ status: 400, subcode: 131 })
    expect(answer.msg).toContain("field 'value' is required")
  })

  it.each([
    ['nothing', {}],
    ['no task', { type: 'log' }],
    ['a task that is no text', { type: 'log', task: 5 }],
    ['no type', { task: unknownTask }],
    ['an unknown type', { type: 'toString', task: unknownTask }],
  ])('wrong input: %s', async (_what, event) => {
    expect(await clearml.call('events.add', event)).toMatchObject({ status: 400, subcode: 12 })
  })
})
