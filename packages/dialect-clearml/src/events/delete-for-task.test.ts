import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { expectOwnOnly, makeTask, readTask, setStatus } from '../testing/tasks.fixture.ts'
import { logged, pictured, plotted, reported, scalar } from './events.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const endpoint = 'events.delete_for_task'
const count = async (task: string) => (await clearml.ok('events.get_task_events', { task })).total

describe('events.delete_for_task', () => {
  it('success: forgets all that a task reported, and nothing of another', async () => {
    const [task, other] = [await makeTask(clearml), await makeTask(clearml)]
    for (const each of [task, other]) {
      await reported(clearml, [logged(each, 'x'), scalar(each, 5, 1), plotted(each, 1), pictured(each, 1)])
    }
    expect(await clearml.ok(endpoint, { task })).toEqual({ deleted: true })
    expect(await count(task)).toBe(0)
    expect(await clearml.ok('events.get_task_log', { task })).toMatchObject({ events: [], total: 0 })
    expect(await clearml.ok('events.scalar_metrics_iter_histogram', { task })).toEqual({})
    expect(await readTask(clearml, task)).toMatchObject({ last_iteration: 0, last_metrics: {} })
    expect(await count(other)).toBe(4)
    expect(await readTask(clearml, other)).toMatchObject({ last_iteration: 5 })
  })

  it('success: a task may report again afterwards', async () => {
    const task = await makeTask(clearml)
    await reported(clearml, [scalar(task, 5, 1)])
    await clearml.ok(endpoint, { task })
    await reported(clearml, [scalar(task, 2, 1)])
    expect(await count(task)).toBe(1)
    expect(await readTask(clearml, task)).toMatchObject({ last_iteration: 2 })
  })

  it('refusal: a published task, unless the caller says that it may be locked', async () => {
    for (const status of ['published', 'publishing']) {
      const task = await makeTask(clearml)
      await reported(clearml, [logged(task, 'x')])
      await setStatus(clearml, task, status)
      expect(await clearml.call(endpoint, { task })).toMatchObject({ status: 400, subcode: 110 })
      expect(await count(task)).toBe(1)
      expect(await clearml.ok(endpoint, { task, allow_locked: true })).toEqual({ deleted: true })
      expect(await count(task)).toBe(0)
    }
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    await expectOwnOnly(clearml, endpoint, (task) => ({ task }))
  })

  it('wrong input: no task', async () => {
    for (const task of [undefined, null, 5]) {
      expect(await clearml.call(endpoint, { task })).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
