import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makeTask, readRow, readTask, unknownTask } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('tasks.ping', () => {
  it('success: is a sign of life of a task, and refreshes how long it has been at work', async () => {
    const task = await makeTask(clearml)
    const startedAt = new Date(Date.now() - 90_000)
    const longAgo = { startedAt, status: 'in_progress' } as const
    await clearml.services.tasks.changeTask(clearml.company, task, () => ({ set: longAgo }))
    const before = await readTask(clearml, task)
    expect(await clearml.ok('tasks.ping', { task })).toEqual({})
    const after = await readTask(clearml, task)
    expect(after.active_duration).toBeGreaterThanOrEqual(90)
    expect(Date.parse(after.last_update)).toBeGreaterThanOrEqual(Date.parse(before.last_update))
    expect(after.last_change).toBe(after.last_update)
  })

  it('success: a draft has not been at work', async () => {
    const task = await makeTask(clearml)
    await clearml.ok('tasks.ping', { task })
    expect(await readTask(clearml, task)).not.toHaveProperty('active_duration')
  })

  it('success: an agent that took the task and has not started it keeps it for longer', async () => {
    const task = await makeTask(clearml)
    await clearml.services.tasks.changeTask(clearml.company, task, () => ({
      set: { leaseUntil: { secondsFromNow: 1 } },
    }))
    const { leaseUntil: before } = await readRow(clearml, task)
    await clearml.ok('tasks.ping', { task })
    const { leaseUntil: after } = await readRow(clearml, task)
    expect(after?.getTime()).toBeGreaterThan(before?.getTime() as number)
  })

  it("refusal: an unknown task is no error, and another company's task is left alone", async () => {
    const other = await clearml.another({ company: 'new' })
    const foreign = await makeTask(other)
    const before = await readTask(other, foreign)
    for (const task of [unknownTask, 'nonsense', foreign]) expect(await clearml.ok('tasks.ping', { task })).toEqual({})
    expect(await readTask(other, foreign)).toEqual(before)
  })

  it('wrong input: no task', async () => {
    expect(await clearml.call('tasks.ping', {})).toMatchObject({ status: 400, subcode: 12 })
  })
})
