import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makeModel, makeTask, unknownTask } from '../testing/tasks.fixture.ts'
import { noIteration } from './event-types.ts'
import { logged, reported, scalar, start } from './events.fixture.ts'
import { expectVisibleOnly } from './readers.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const endpoint = 'events.scalar_metrics_iter_histogram'
const range = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('events.scalar_metrics_iter_histogram', () => {
  it('success: answers each series by metric and variant, in the order of its iterations', async () => {
    const task = await makeTask(clearml)
    await reported(clearml, [
      ...[scalar(task, 3, 30), scalar(task, 1, 10), scalar(task, 2, 20), scalar(task, 2, 22)],
      scalar(task, 5, 1, { variant: 'test' }),
      scalar(task, 0, 2, { metric: '__proto__', variant: 'constructor' }),
      scalar(task, noIteration, 9),
      logged(task, 'x'),
    ])
    const data = await clearml.ok(endpoint, { task })
    expect(Object.entries(data).sort()).toEqual([
      ['__proto__', { constructor: { name: 'constructor', x: [0], y: [2] } }],
      ['loss', { train: { name: 'train', x: [1, 2, 3], y: [10, 22, 30] }, test: { name: 'test', x: [5], y: [1] } }],
    ])
  })

  it('success: of an iteration that is reported again, as by a run that is resumed, the last report counts', async () => {
    const task = await makeTask(clearml)
    const report = (iters: readonly number[], value: number, more = {}) =>
      reported(
        clearml,
        iters.map((iter) => scalar(task, iter, value, more)),
      )
    await report([0, 1, 2, 3, 4], 10)
    await report([0, 2, 4], 1, { variant: 'steady' })
    await report([3, 4, 5], 2)
    await report([2], 3)
    const { loss } = await clearml.ok(endpoint, { task })
    expect(loss.train).toEqual({ name: 'train', x: [0, 1, 2, 3, 4, 5], y: [10, 10, 3, 2, 2, 2] })
    expect(loss.steady).toEqual({ name: 'steady', x: [0, 2, 4], y: [1, 1, 1] })
    const drawn = (await clearml.ok(endpoint, { task, samples: 2 })).loss.train
    expect(drawn).toEqual({ name: 'train', x: [0, 3], y: [23 / 3, 2] })
    const overTime = (await clearml.ok(endpoint, { task, key: 'timestamp' })).loss.train
    expect(overTime.y).toEqual([10, 10, 3, 2, 2, 2])
  })

  it('success: a task that measured nothing has no series', async () => {
    const task = await makeTask(clearml)
    await reported(clearml, [logged(task, 'x')])
    expect(await clearml.ok(endpoint, { task })).toEqual({})
  })

  it('success: answers over time, in milliseconds or as dates', async () => {
    const task = await makeTask(clearml)
    await reported(clearml, [scalar(task, 5, 1), scalar(task, 10, 2)])
    expect(await clearml.ok(endpoint, { task, key: 'timestamp' })).toEqual({
      loss: { train: { name: 'train', x: [start + 5, start + 10], y: [1, 2] } },
    })
    expect(await clearml.ok(endpoint, { task, key: 'iso_time' })).toEqual({
      loss: {
        train: { name: 'train', x: ['2026-01-02T03:04:05.683+00:00', '2026-01-02T03:04:05.688+00:00'], y: [1, 2] },
      },
    })
  })

  it('success: draws what has more points than asked for in buckets of equal width, by their mean', async () => {
    const task = await makeTask(clearml)
    await reported(
      clearml,
      range(100).map((iter) => scalar(task, iter, iter)),
    )
    expect((await clearml.ok(endpoint, { task, samples: 100 })).loss.train.x).toEqual(range(100))
    expect((await clearml.ok(endpoint, { task, samples: 4 })).loss.train).toEqual({
      ...{ name: 'train', x: [0, 25, 50, 75], y: [12, 37, 62, 87] },
    })
    const overTime = await clearml.ok(endpoint, { task, samples: 1, key: 'timestamp' })
    expect(overTime.loss.train).toEqual({ name: 'train', x: [start], y: [49.5] })
  })

  it('success: of a long series no more than 2000 points unless asked for', async () => {
    const task = await makeTask(clearml)
    await reported(
      clearml,
      range(10_000).map((iter) => scalar(task, iter, 1)),
    )
    const { x, y } = (await clearml.ok(endpoint, { task })).loss.train
    expect(x).toHaveLength(2000)
    expect(new Set(y)).toEqual(new Set([1]))
    expect((await clearml.ok(endpoint, { task, samples: 1e9 })).loss.train.x).toHaveLength(10_000)
  })

  it('success: answers some metrics only, all of their variants or some', async () => {
    const task = await makeTask(clearml)
    const places = ['m', 'n'].flatMap((metric) => ['a', 'b'].map((variant) => ({ metric, variant })))
    await reported(
      clearml,
      places.map((place) => scalar(task, 1, 1, place)),
    )
    const found = async (metrics: object[]) => {
      const data = await clearml.ok(endpoint, { task, metrics })
      return Object.entries(data).map(([metric, variants]) => [metric, Object.keys(variants as object).sort()])
    }
    expect(await found([{ metric: 'm' }])).toEqual([['m', ['a', 'b']]])
    expect(await found([{ metric: 'm', variants: ['b'] }])).toEqual([['m', ['b']]])
    expect(await found([{ metric: 'none' }])).toEqual([])
  })

  it('success: reads the scalars of a model', async () => {
    const model = await makeModel(clearml)
    await reported(clearml, [scalar(model, 1, 2, { model_event: true, allow_locked: true })])
    expect((await clearml.ok(endpoint, { task: model, model_events: true })).loss.train).toMatchObject({
      x: [1],
      y: [2],
    })
  })

  it("refusal: unknown tasks and another company's", async () => {
    await expectVisibleOnly(clearml, endpoint, (task) => ({ task }))
  })

  it.each([
    ['no task', {}],
    ['no samples', { task: unknownTask, samples: 0 }],
    ['samples that are no number', { task: unknownTask, samples: 'x' }],
    ['an unknown axis', { task: unknownTask, key: 'toString' }],
    ['a metric without a name', { task: unknownTask, metrics: [{}] }],
  ])('wrong input: %s', async (_what, request) => {
    expect(await clearml.call(endpoint, request)).toMatchObject({ status: 400, subcode: 12 })
  })
})
