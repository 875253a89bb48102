import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makeModel, makeTask, unknownTask } from '../testing/tasks.fixture.ts'
import { noIteration } from './event-types.ts'
import { logged, pictured, plotted, reported, scalar, start } from './events.fixture.ts'
import { maxPage } from './limits.ts'
import { expectVisibleOnly } from './readers.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const endpoint = 'events.get_task_events'

const ofEachType = (task: string) => [
  logged(task, 'x', 0),
  scalar(task, 1, 0.5),
  scalar(task, noIteration, 0.75, { variant: 'best', worker: 'w', timestamp: start + 2 }),
  {
    ...{ type: 'training_stats_vector', task, metric: 'weights', variant: 'a', iter: 3, values: [1, 2.5] },
    ...{ worker: 'w', timestamp: start + 3 },
  },
  pictured(task, 4),
  plotted(task, 5),
]

/** All pages of a scroll, to the empty one at its end. */
async function scrollAll(request: object) {
  const pages: { iter: number }[][] = []
  let scroll_id: string | undefined
  for (;;) {
    const answer = await clearml.ok(endpoint, { ...request, scroll_id })
    expect(answer.returned).toBe(answer.events.length)
    if (answer.returned === 0) return { pages, total: answer.total }
    pages.push(answer.events)
    scroll_id = answer.scroll_id
  }
}

describe('events.get_task_events', () => {
  it('success: answers every type with all its fields, as they came', async () => {
    const task = await makeTask(clearml)
    const events = ofEachType(task)
    await reported(clearml, events.toReversed())
    const answer = await clearml.ok(endpoint, { task })
    expect(answer).toEqual({ events, returned: 6, total: 6, scroll_id: expect.any(String) })
    expect((await clearml.ok(endpoint, { task, order: 'desc' })).events).toEqual(events.toReversed())
  })

  it('success: of scalars that were reported again for an iteration, answers the last', async () => {
    const task = await makeTask(clearml)
    const [first, again] = [scalar(task, 2, 10), scalar(task, 2, 20, { timestamp: start + 9 })]
    await reported(clearml, [scalar(task, 1, 5), first])
    await reported(clearml, [again])
    const { events, total } = await clearml.ok(endpoint, { task })
    expect([events, total]).toEqual([[scalar(task, 1, 5), again], 2])
  })

  it('success: answers one type only', async () => {
    const task = await makeTask(clearml)
    const events = ofEachType(task)
    await reported(clearml, events)
    for (const event_type of ['log', 'training_stats_vector', 'training_debug_image', 'plot']) {
      const { events: found, total } = await clearml.ok(endpoint, { task, event_type })
      expect(found).toEqual(events.filter(({ type }) => type === event_type))
      expect(total).toBe(1)
    }
    const scalars = await clearml.ok(endpoint, { task, event_type: 'training_stats_scalar' })
    expect(scalars.events).toEqual(events.slice(1, 3))
  })

  it('success: goes through all of them page by page, each once, in either order', async () => {
    const task = await makeTask(clearml)
    const iters = Array.from({ length: 1000 }, (_, iter) => iter)
    await reported(
      clearml,
      iters.map((iter) => scalar(task, iter, iter, { timestamp: start + Math.floor(iter / 7) })),
    )
    for (const order of ['asc', 'desc']) {
      const { pages, total } = await scrollAll({ task, order, batch_size: 300, event_type: 'training_stats_scalar' })
      expect(pages.map((page) => page.length)).toEqual([300, 300, 300, 100])
      expect(pages.flat().map(({ iter }) => iter)).toEqual(order === 'asc' ? iters : iters.toReversed())
      expect(total).toBe(1000)
    }
    expect((await clearml.ok(endpoint, { task })).returned).toBe(500)
  })

  it('success: a scroll that is done stays so', async () => {
    const task = await makeTask(clearml)
    await reported(clearml, [logged(task, 'x')])
    const { scroll_id } = await clearml.ok(endpoint, { task })
    const done = await clearml.ok(endpoint, { task, scroll_id })
    expect(done).toEqual({ events: [], returned: 0, total: 1, scroll_id })
  })

  it('success: answers some metrics only, all of their variants or some', async () => {
    const task = await makeTask(clearml)
    const variants = ['a', 'b'].flatMap((variant) => [
      scalar(task, 1, 1, { variant }),
      plotted(task, 1, { metric: 'loss', variant }),
      plotted(task, 1, { metric: 'other', variant }),
    ])
    await reported(clearml, variants)
    const found = async (metrics: object[]) =>
      (await clearml.ok(endpoint, { task, metrics })).events.map(
        ({ type, metric, variant }: Record<string, string>) => `${type} ${metric}/${variant}`,
      )
    expect((await found([{ metric: 'loss' }])).sort()).toEqual([
      ...['plot loss/a', 'plot loss/b', 'training_stats_scalar loss/a', 'training_stats_scalar loss/b'],
    ])
    expect(await found([{ metric: 'other', variants: ['b'] }])).toEqual(['plot other/b'])
    expect(await found([{ metric: 'none' }])).toEqual([])
    expect(await found([])).toHaveLength(6)
  })

  it('success: reads the events of a model', async () => {
    const model = await makeModel(clearml)
    await reported(clearml, [scalar(model, 1, 1, { model_event: true, allow_locked: true })])
    const { events } = await clearml.ok(endpoint, { task: model, model_events: true })
    expect(events).toMatchObject([{ task: model, iter: 1, value: 1 }])
    expect(await clearml.call(endpoint, { task: model })).toMatchObject({ status: 400, subcode: 101 })
  })

  it("refusal: unknown tasks and another company's, and unknown models", async () => {
    await expectVisibleOnly(clearml, endpoint, (task) => ({ task }))
    const answer = await clearml.call(endpoint, { task: unknownTask, model_events: true })
    expect(answer).toMatchObject({ status: 400, subcode: 201 })
  })

  it.each([
    ['no task', {}],
    ['an unknown type', { task: unknownTask, event_type: 'toString' }],
    ['an unknown order', { task: unknownTask, order: 'up' }],
    ['no events at all', { task: unknownTask, batch_size: 0 }],
    ['too many events', { task: unknownTask, batch_size: maxPage + 1 }],
    ['metrics that are no list', { task: unknownTask, metrics: 'loss' }],
    ['a metric without a name', { task: unknownTask, metrics: [{ variants: ['a'] }] }],
  ])('wrong input: %s', async (_what, request) => {
    expect(await clearml.call(endpoint, request)).toMatchObject({ status: 400, subcode: 12 })
  })

  it.each(['x', '{}', 'bnVsbA', 'eyJjdXJzb3IiOjV9'])('wrong input: the scroll "%s"', async (scroll_id) => {
    const task = await makeTask(clearml)
    expect(await clearml.call(endpoint, { task, scroll_id })).toMatchObject({ status: 400, subcode: 12 })
  })
})
