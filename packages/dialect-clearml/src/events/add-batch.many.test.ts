import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { maxBodyBytes } from '../testing/shared-parts.fixture.ts'
import { makeTask, readTask, unknownTask } from '../testing/tasks.fixture.ts'
import { logged, md5, plotted, report, reported, reportRaw, scalar } from './events.fixture.ts'
import { eventLimits, maxSubjectsPerBatch } from './limits.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const [loss, train] = [md5('loss'), md5('train')]
const logOf = (task: string) => clearml.ok('events.get_task_log', { task, order: 'asc' })
const eventsOf = async (task: string) =>
  (await clearml.ok('events.get_task_events', { task, batch_size: 10_000 })).total

describe('events.add_batch', () => {
  it('success: counts exactly what it takes of ten thousand events of three tasks, some of them wrong', async () => {
    const tasks = [await makeTask(clearml), await makeTask(clearml), await makeTask(clearml)]
    const events = Array.from({ length: 10_000 }, (_, index) => {
      const task = tasks[index % 3] as string
      if (index % 100 === 7) return scalar(task, index, Number.NaN)
      if (index % 100 === 8) return logged(unknownTask, 'x')
      return index % 2 === 0 ? logged(task, `line ${index}`, index) : scalar(task, index, index)
    })
    const { data } = await report(clearml, events)
    expect(data).toMatchObject({ added: 9_800, errors: 200 })
    expect(Object.values(data.errors_info)).toEqual([100, 100])
    const totals = await Promise.all(tasks.map(eventsOf))
    expect(totals.reduce((sum, total) => sum + total)).toBe(9_800)
    const documents = await Promise.all(tasks.map((task) => readTask(clearml, task)))
    expect(Math.max(...documents.map(({ last_iteration }) => last_iteration))).toBe(9_999)
    const counts = documents.map(({ last_metrics }) => last_metrics[loss][train].count)
    expect(counts.reduce((sum, count) => sum + count)).toBe(4_900)
  })

  it('success: batches that come together are all counted, in log, series and metrics', async () => {
    const task = await makeTask(clearml)
    const batches = Array.from({ length: 20 }, (_, batch) =>
      Array.from({ length: 50 }, (_, index) => batch * 50 + index).flatMap((iter) => [
        scalar(task, iter, iter),
        logged(task, `${iter}`, iter),
      ]),
    )
    await Promise.all(batches.map((events) => reported(clearml, events)))
    expect(await eventsOf(task)).toBe(2_000)
    expect((await logOf(task)).total).toBe(1_000)
    const { last_metrics, last_iteration } = await readTask(clearml, task)
    expect(last_iteration).toBe(999)
    expect(last_metrics[loss][train]).toMatchObject({
      ...{ count: 1_000, mean_value: 499.5, value: 999, first_value: 0, first_value_iteration: 0 },
      ...{ min_value: 0, min_value_iteration: 0, max_value: 999, max_value_iteration: 999 },
    })
    const histogram = await clearml.ok('events.scalar_metrics_iter_histogram', { task })
    expect(histogram.loss.train.x).toEqual(Array.from({ length: 1_000 }, (_, iter) => iter))
  })

  it('success: takes a body of fifteen megabytes', async () => {
    const task = await makeTask(clearml)
    const line = JSON.stringify(logged(task, 'x'.repeat(900)))
    const count = Math.floor((15 * 1024 * 1024) / (line.length + 1))
    const raw = `${line}\n`.repeat(count)
    expect(raw.length).toBeGreaterThan(14.9 * 1024 * 1024)
    expect(raw.length).toBeLessThan(maxBodyBytes)
    expect((await reportRaw(clearml, raw)).data).toEqual({ added: count, errors: 0, errors_info: {} })
    expect((await clearml.ok('events.get_task_log', { task, batch_size: 1 })).total).toBe(count)
  })

  it('refusal: the events of more tasks than one batch may be about', async () => {
    const late = await makeTask(clearml)
    const task = await makeTask(clearml)
    const unknown = Array.from({ length: maxSubjectsPerBatch - 1 }, (_, index) => logged(`nonsense ${index}`, 'x'))
    const { data } = await report(clearml, [logged(task, 'x'), ...unknown, logged(late, 'x'), logged(task, 'y')])
    expect(data).toMatchObject({ added: 2, errors: maxSubjectsPerBatch })
    expect(Object.values(data.errors_info).sort()).toEqual([1, maxSubjectsPerBatch - 1])
    expect(await eventsOf(late)).toBe(0)
  })

  it('wrong input: texts that are too large, of events that are refused alone', async () => {
    const task = await makeTask(clearml)
    const long = (length: number) => 'x'.repeat(length + 1)
    const tooLarge = [
      logged(task, long(eventLimits.message)),
      plotted(task, 1, { plot_str: long(eventLimits.plot) }),
      scalar(task, 1, 1, { metric: long(eventLimits.name) }),
    ]
    for (const event of tooLarge) {
      const answer = await report(clearml, [event, logged(task, 'x')])
      expect(answer.data).toMatchObject({ added: 1, errors: 1 })
    }
    expect(await eventsOf(task)).toBe(tooLarge.length)
  })

  it('success: what a task prints in a busy second, which the SDK puts into one event of 1 Mi characters', async () => {
    const task = await makeTask(clearml)
    const message = 'a line of the console\n'.repeat(50_000)
    expect((await report(clearml, [logged(task, message)])).data).toMatchObject({ added: 1, errors: 0 })
    const { events } = await clearml.ok('events.get_task_log', { task })
    expect(events).toMatchObject([{ msg: message }])
  })
})
