import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makeModel, makeTask, unknownTask } from '../testing/tasks.fixture.ts'
import { noIteration } from './event-types.ts'
import { reported, scalar, start } from './events.fixture.ts'
import { maxSubjectsPerQuestion } from './limits.ts'
import { expectVisibleOnly } from './readers.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const endpoint = 'events.get_task_single_value_metrics'
const single = (task: string, variant: string, value: number, after = 0, more: object = {}) =>
  scalar(task, noIteration, value, { metric: 'Summary', variant, timestamp: start + after, ...more })

describe('events.get_task_single_value_metrics', () => {
  it('success: answers the last value of each, per task in the order asked', async () => {
    const [one, other] = [await makeTask(clearml, { name: 'one' }), await makeTask(clearml, { name: 'other' })]
    await reported(clearml, [single(one, 'b', 1), single(one, 'a', 2), single(one, 'b', 3, 5), scalar(one, 1, 9)])
    await reported(clearml, [single(other, 'a', 4)])
    const none = await makeTask(clearml, { name: 'none' })
    const value = { metric: 'Summary', timestamp: start }
    expect(await clearml.ok(endpoint, { tasks: [other, one, none, one] })).toEqual({
      tasks: [
        { task: other, task_name: 'other', values: [{ ...value, variant: 'a', value: 4 }] },
        {
          ...{ task: one, task_name: 'one' },
          values: [
            { ...value, variant: 'a', value: 2 },
            { ...value, variant: 'b', value: 3, timestamp: start + 5 },
          ],
        },
        { task: none, task_name: 'none', values: [] },
      ],
    })
  })

  it('success: answers some metrics only', async () => {
    const task = await makeTask(clearml)
    await reported(clearml, [single(task, 'a', 1), single(task, 'b', 2), single(task, 'c', 3, 0, { metric: 'other' })])
    const metrics = [{ metric: 'Summary', variants: ['b'] }]
    const { tasks } = await clearml.ok(endpoint, { tasks: [task], metrics })
    expect(tasks[0].values).toMatchObject([{ metric: 'Summary', variant: 'b', value: 2 }])
  })

  it('success: reads those of a model', async () => {
    const model = await makeModel(clearml)
    await reported(clearml, [single(model, 'a', 1, 0, { model_event: true, allow_locked: true })])
    expect(await clearml.ok(endpoint, { tasks: [model], model_events: true })).toMatchObject({
      tasks: [{ task: model, task_name: 'a model', values: [{ variant: 'a', value: 1 }] }],
    })
  })

  it("refusal: one task that is unknown or another company's, whatever the others are", async () => {
    const own = await makeTask(clearml)
    await expectVisibleOnly(clearml, endpoint, (task) => ({ tasks: [own, task] }))
  })

  it.each([
    ['no tasks', {}],
    ['an empty list', { tasks: [] }],
    ['a list of something else', { tasks: [5] }],
    ['too many tasks', { tasks: Array(maxSubjectsPerQuestion + 1).fill(unknownTask) }],
  ])('wrong input: %s', async (_what, request) => {
    expect(await clearml.call(endpoint, request)).toMatchObject({ status: 400, subcode: 12 })
  })
})
