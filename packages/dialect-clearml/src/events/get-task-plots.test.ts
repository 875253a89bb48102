import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makeModel, makeTask, unknownTask } from '../testing/tasks.fixture.ts'
import { logged, plotted, reported, start } from './events.fixture.ts'
import { eventLimits, maxPageChars } from './limits.ts'
import { expectVisibleOnly } from './readers.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const endpoint = 'events.get_task_plots'
const names = ({ plots }: { plots: { metric: string; variant: string; iter: number }[] }) =>
  plots.map(({ metric, variant, iter }) => `${metric}/${variant} ${iter}`).sort()

describe('events.get_task_plots', () => {
  it('success: answers the last plot of each metric and variant', async () => {
    const task = await makeTask(clearml)
    const last = plotted(task, 3)
    await reported(clearml, [
      plotted(task, 1),
      last,
      plotted(task, 2),
      plotted(task, 1, { variant: 'b' }),
      logged(task, 'x'),
    ])
    const answer = await clearml.ok(endpoint, { task })
    expect(names(answer)).toEqual(['curve/a 3', 'curve/b 1'])
    expect(answer).toMatchObject({ returned: 2, total: 2, scroll_id: expect.any(String) })
    expect(answer.plots).toContainEqual(last)
  })

  it('success: a plot of the same place replaces the one before', async () => {
    const task = await makeTask(clearml)
    await reported(clearml, [plotted(task, 1)])
    await reported(clearml, [
      plotted(task, 1, { plot_str: 'old', timestamp: start + 5 }),
      plotted(task, 1, { plot_str: 'new', timestamp: start + 9 }),
    ])
    expect((await clearml.ok(endpoint, { task })).plots).toMatchObject([{ plot_str: 'new', timestamp: start + 9 }])
  })

  it('success: answers the last few iterations of each', async () => {
    const task = await makeTask(clearml)
    const iters = [1, 2, 3, 4]
    await reported(clearml, [...iters.map((iter) => plotted(task, iter)), plotted(task, 1, { variant: 'b' })])
    expect(names(await clearml.ok(endpoint, { task, iters: 2 }))).toEqual(['curve/a 3', 'curve/a 4', 'curve/b 1'])
    expect(names(await clearml.ok(endpoint, { task, iters: 1e6 }))).toHaveLength(5)
  })

  it('success: answers some metrics only, all of their variants or some', async () => {
    const task = await makeTask(clearml)
    const places = ['m', 'n'].flatMap((metric) => ['a', 'b'].map((variant) => ({ metric, variant })))
    await reported(
      clearml,
      places.map((place) => plotted(task, 1, place)),
    )
    const found = async (metrics: object[]) => names(await clearml.ok(endpoint, { task, metrics }))
    expect(await found([{ metric: 'm' }])).toEqual(['m/a 1', 'm/b 1'])
    expect(
      await found([
        { metric: 'm', variants: ['b'] },
        { metric: 'n', variants: [] },
      ]),
    ).toEqual([...['m/b 1', 'n/a 1', 'n/b 1']])
  })

  it('success: goes through many plots page by page, or all at once as the SDK does', async () => {
    const task = await makeTask(clearml)
    const count = 1100
    await reported(
      clearml,
      Array.from({ length: count }, (_, index) => plotted(task, 1, { variant: `${index}` })),
    )
    const seen: string[] = []
    let scroll_id: string | undefined
    for (;;) {
      const answer = await clearml.ok(endpoint, { task, scroll_id })
      expect(answer.total).toBe(count)
      if (answer.returned === 0) break
      seen.push(...names(answer))
      scroll_id = answer.scroll_id
    }
    expect(new Set(seen).size).toBe(count)
    expect(seen).toHaveLength(count)
    const all = await clearml.ok(endpoint, { task, no_scroll: true })
    expect(names(all)).toEqual(seen.sort())
    expect(all).not.toHaveProperty('scroll_id')
  })

  it('success: an answer is not larger than one can hold; the next one goes on', async () => {
    const task = await makeTask(clearml)
    const count = Math.ceil(maxPageChars / eventLimits.plot) + 1
    const plot_str = 'x'.repeat(eventLimits.plot)
    for (let index = 0; index < count; index++)
      await reported(clearml, [plotted(task, 1, { plot_str, variant: `${index}` })])
    const first = await clearml.ok(endpoint, { task })
    expect(first.returned).toBeLessThan(count)
    const second = await clearml.ok(endpoint, { task, scroll_id: first.scroll_id })
    expect(first.returned + second.returned).toBe(count)
  })

  it('success: reads the plots of a model', async () => {
    const model = await makeModel(clearml)
    await reported(clearml, [plotted(model, 1, { model_event: true, allow_locked: true })])
    expect(names(await clearml.ok(endpoint, { task: model, model_events: true }))).toEqual(['curve/a 1'])
  })

  it("refusal: unknown tasks and another company's", async () => {
    await expectVisibleOnly(clearml, endpoint, (task) => ({ task }))
  })

  it.each([
    ['no task', {}],
    ['no iterations', { task: unknownTask, iters: 0 }],
    ['iterations that are no number', { task: unknownTask, iters: 'x' }],
    ['a metric without a name', { task: unknownTask, metrics: [{}] }],
  ])('wrong input: %s', async (_what, request) => {
    expect(await clearml.call(endpoint, request)).toMatchObject({ status: 400, subcode: 12 })
  })

  it('wrong input: a scroll that is none', async () => {
    const task = await makeTask(clearml)
    expect(await clearml.call(endpoint, { task, scroll_id: 'x' })).toMatchObject({ status: 400, subcode: 12 })
  })
})
