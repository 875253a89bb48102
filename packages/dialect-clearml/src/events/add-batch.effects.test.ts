import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makeModel, makeProject, makeTask, readRow, readTask } from '../testing/tasks.fixture.ts'
import { noIteration } from './event-types.ts'
import { logged, md5, plotted, reported, scalar } from './events.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const [loss, train] = [md5('loss'), md5('train')]

describe('events.add_batch', () => {
  it('success: moves the last iteration and the last metrics of a task, as all readers see them', async () => {
    const task = await makeTask(clearml)
    await reported(clearml, [scalar(task, 5, 2), scalar(task, 3, 4), scalar(task, 4, 1.005), logged(task, 'x')])
    const expected = {
      ...{ metric: 'loss', variant: 'train', value: 2, count: 3, mean_value: 2.34 },
      ...{ min_value: 1.005, min_value_iteration: 4, max_value: 4, max_value_iteration: 3 },
      ...{ first_value: 4, first_value_iteration: 3 },
    }
    expect(await readTask(clearml, task)).toMatchObject({ last_iteration: 5 })
    expect((await readTask(clearml, task)).last_metrics).toEqual({ [loss]: { [train]: expected } })

    await reported(clearml, [scalar(task, 1, 9)])
    const only_fields = [
      'id',
      'last_iteration',
      ...['value', 'max_value'].map((f) => `last_metrics.${loss}.${train}.${f}`),
    ]
    expect((await clearml.ok('tasks.get_all', { id: [task], only_fields })).tasks).toEqual([
      { id: task, last_iteration: 5, last_metrics: { [loss]: { [train]: { value: 2, max_value: 9 } } } },
    ])
    const above = { [`last_metrics.${loss}.${train}.max_value`]: [8, null] }
    expect((await clearml.ok('tasks.get_all', { id: [task], ...above })).tasks).toHaveLength(1)
  })

  it('success: a single value is a metric and no iteration', async () => {
    const task = await makeTask(clearml)
    await reported(clearml, [scalar(task, noIteration, 0.9, { metric: 'Summary', variant: 'accuracy' })])
    const { last_iteration, last_metrics } = await readTask(clearml, task)
    expect(last_iteration).toBe(0)
    expect(last_metrics[md5('Summary')][md5('accuracy')]).toMatchObject({ value: 0.9, count: 1 })
  })

  it('success: is a sign of life of the task, and of the agent that holds it', async () => {
    const project = await makeProject(clearml, 'alive')
    const task = await makeTask(clearml, { project })
    await clearml.services.tasks.changeTask(clearml.company, task, () => ({
      set: { startedAt: new Date(Date.now() - 90_000), status: 'in_progress', leaseUntil: { secondsFromNow: 1 } },
    }))
    const [before, rowBefore] = [await readTask(clearml, task), await readRow(clearml, task)]
    const projectBefore = (await clearml.ok('projects.get_by_id', { project })).project
    await reported(clearml, [logged(task, 'x')])
    const [after, rowAfter] = [await readTask(clearml, task), await readRow(clearml, task)]
    expect(after.active_duration).toBeGreaterThanOrEqual(90)
    expect(Date.parse(after.last_update)).toBeGreaterThan(Date.parse(before.last_update))
    expect(after.last_change).toBe(after.last_update)
    expect(after.last_changed_by).toBe(clearml.user.id)
    expect(rowAfter.leaseUntil?.getTime()).toBeGreaterThan(rowBefore.leaseUntil?.getTime() as number)
    const projectAfter = (await clearml.ok('projects.get_by_id', { project })).project
    expect(Date.parse(projectAfter.last_update)).toBeGreaterThan(Date.parse(projectBefore.last_update))
  })

  it('success: a model has events of its own', async () => {
    const id = await makeModel(clearml)
    const model = { model_event: true, allow_locked: true }
    await reported(clearml, [scalar(id, 3, 1, model), plotted(id, 4, model)])
    const { model: shown } = await clearml.ok('models.get_by_id', { model: id })
    expect(shown.last_iteration).toBe(4)
    expect(shown.last_metrics[loss][train]).toMatchObject({ metric: 'loss', value: 1, count: 1 })
    expect(shown.last_metrics[loss][train]).not.toHaveProperty('timestamp')
    expect(await clearml.ok('events.get_task_events', { task: id, model_events: true })).toMatchObject({ total: 2 })
  })
})
