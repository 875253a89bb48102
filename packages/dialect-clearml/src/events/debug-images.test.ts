import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makeModel, makeTask, unknownTask } from '../testing/tasks.fixture.ts'
import { pictured, reported, start } from './events.fixture.ts'
import { maxSubjectsPerQuestion } from './limits.ts'
import { expectVisibleOnly } from './readers.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const endpoint = 'events.debug_images'

interface Iteration {
  iter: number
  events: { metric: string; variant: string }[]
}
const places = (iterations: Iteration[]) =>
  iterations.map(({ iter, events }) => [iter, ...events.map(({ metric, variant }) => `${metric}/${variant}`)])

/** One page of one task. */
async function page(task: string, request: object = {}) {
  const { metrics, scroll_id } = await clearml.ok(endpoint, { metrics: [{ task }], ...request })
  expect(metrics).toMatchObject([{ task }])
  return { iterations: places(metrics[0].iterations), scroll_id }
}

describe('events.debug_images', () => {
  it('success: answers the images of the last iteration that has one', async () => {
    const task = await makeTask(clearml)
    const last = [pictured(task, 7), pictured(task, 7, { metric: 'cats', variant: 'z' })]
    await reported(clearml, [pictured(task, 5), ...last, pictured(task, 6, { variant: 'b' })])
    expect(await clearml.ok(endpoint, { metrics: [{ task }] })).toEqual({
      scroll_id: expect.any(String),
      metrics: [{ task, iterations: [{ iter: 7, events: last.toReversed() }] }],
    })
  })

  it('success: several images of one metric, variant and iteration are told apart by their keys', async () => {
    const task = await makeTask(clearml)
    const images = ['c.jpg', 'a.jpg', 'b.jpg'].map((key, index) => pictured(task, 1, { key, timestamp: start + index }))
    await reported(clearml, images)
    await reported(clearml, [pictured(task, 1, { key: 'a.jpg', timestamp: start + 1, url: 'http://files/again.png' })])
    const expected = [images[0], { ...images[1], url: 'http://files/again.png' }, images[2]]
    const { metrics } = await clearml.ok(endpoint, { metrics: [{ task }] })
    expect(metrics[0].iterations).toEqual([{ iter: 1, events: expected }])
    const all = await clearml.ok('events.get_task_events', { task, event_type: 'training_debug_image', order: 'asc' })
    expect([all.total, all.events]).toEqual([3, expected])
  })

  it('success: goes back in iterations, whichever metric has one there, until there are no more', async () => {
    const task = await makeTask(clearml)
    const iters = [9, 8, 6, 5, 2]
    await reported(
      clearml,
      iters.map((iter) => pictured(task, iter, { variant: iter % 2 === 0 ? 'even' : 'odd' })),
    )
    await reported(clearml, [pictured(task, 6, { metric: 'cats' })])
    const first = await page(task, { iters: 2 })
    expect(first.iterations).toEqual([
      [9, 'faces/odd'],
      [8, 'faces/even'],
    ])
    const second = await page(task, { iters: 2, scroll_id: first.scroll_id })
    expect(second.iterations).toEqual([
      [6, 'cats/a', 'faces/even'],
      [5, 'faces/odd'],
    ])
    const third = await page(task, { iters: 2, scroll_id: second.scroll_id })
    expect(third.iterations).toEqual([[2, 'faces/even']])
    const fourth = await page(task, { iters: 2, scroll_id: third.scroll_id })
    expect(fourth.iterations).toEqual([])
    expect((await page(task, { iters: 2, scroll_id: fourth.scroll_id })).iterations).toEqual([])
  })

  it('success: goes forth again, and begins anew when refreshed', async () => {
    const task = await makeTask(clearml)
    await reported(
      clearml,
      [1, 2, 3, 4, 5].map((iter) => pictured(task, iter)),
    )
    const only = (iter: number) => [[iter, 'faces/a']]
    const first = await page(task)
    const second = await page(task, { scroll_id: first.scroll_id })
    const third = await page(task, { scroll_id: second.scroll_id })
    expect(third.iterations).toEqual(only(3))
    const back = await page(task, { scroll_id: third.scroll_id, navigate_earlier: false })
    expect(back.iterations).toEqual(only(4))
    const both = await page(task, { scroll_id: third.scroll_id, navigate_earlier: false, iters: 2 })
    expect(both.iterations).toEqual([...only(5), ...only(4)])
    await reported(clearml, [pictured(task, 6)])
    expect((await page(task, { scroll_id: third.scroll_id, refresh: true })).iterations).toEqual(only(6))
    expect((await page(task, { scroll_id: both.scroll_id, navigate_earlier: false })).iterations).toEqual(only(6))
  })

  it('success: answers many tasks, and some metrics and variants of each', async () => {
    const [one, other] = [await makeTask(clearml), await makeTask(clearml)]
    for (const task of [one, other]) {
      await reported(clearml, [
        ...[pictured(task, 1), pictured(task, 2, { variant: 'b' })],
        pictured(task, 3, { metric: 'cats' }),
      ])
    }
    const none = await makeTask(clearml)
    const { metrics } = await clearml.ok(endpoint, {
      metrics: [
        { task: one, metric: 'faces' },
        { task: other, metric: 'faces', variants: ['a'] },
        { task: none },
        { task: other, metric: 'cats', variants: ['b'] },
      ],
    })
    expect(
      metrics.map(({ task, iterations }: { task: string; iterations: Iteration[] }) => [task, places(iterations)]),
    ).toEqual([
      [one, [[2, 'faces/b']]],
      [other, [[1, 'faces/a']]],
      [none, []],
    ])
  })

  it('success: reads the images of a model', async () => {
    const model = await makeModel(clearml)
    await reported(clearml, [pictured(model, 1, { model_event: true, allow_locked: true })])
    expect((await page(model, { model_events: true })).iterations).toEqual([[1, 'faces/a']])
  })

  it("refusal: one task that is unknown or another company's, whatever the others are", async () => {
    const own = await makeTask(clearml)
    await expectVisibleOnly(clearml, endpoint, (task) => ({ metrics: [{ task: own }, { task }] }))
  })

  it.each([
    ['no metrics', {}],
    ['an empty list', { metrics: [] }],
    ['an item without a task', { metrics: [{ metric: 'faces' }] }],
    ['too many items', { metrics: Array(maxSubjectsPerQuestion + 1).fill({ task: unknownTask }) }],
    ['no iterations', { metrics: [{ task: unknownTask }], iters: 0 }],
    ['variants that are no list', { metrics: [{ task: unknownTask, metric: 'm', variants: 'a' }] }],
    ['a scroll that is none', { metrics: [{ task: unknownTask }], scroll_id: 'x' }],
    ['a scroll of another endpoint', { metrics: [{ task: unknownTask }], scroll_id: 'eyJjdXJzb3IiOm51bGx9' }],
  ])('wrong input: %s', async (_what, request) => {
    expect(await clearml.call(endpoint, request)).toMatchObject({ status: 400, subcode: 12 })
  })
})
