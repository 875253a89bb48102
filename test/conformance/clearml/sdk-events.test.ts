import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { initTask, md5, reload } from '../../lib/clearml-sdk/actions.ts'
import { type SdkSystem, startSdkSystem } from '../../lib/clearml-sdk/system.ts'
import type { SdkSession } from '../../lib/clearml-sdk/wire.ts'

let system: SdkSystem
let sdk: SdkSession
beforeAll(async () => {
  system = await startSdkSystem()
  sdk = system.sdk
})
afterAll(() => system?.stop())

const newTask = async (name: string): Promise<string> => (await initTask(sdk, { project: 'events', name })).id
const at = 1_700_000_000_000
const scalar = (task: string, iter: number, value: number, [metric, variant] = ['loss', 'train']) => ({
  ...{ type: 'training_stats_scalar', task, timestamp: at + iter, iter, metric, variant, value },
  allow_locked: true,
})
const line = (task: string, msg: string, place = 0) => ({
  ...{ type: 'log', task, timestamp: at + place, level: 'INFO', worker: 'workstation', msg, allow_locked: true },
})
const plot = (task: string, iter: number, variant = 'curve') => ({
  ...{ type: 'plot', task, timestamp: at + iter, iter, metric: 'roc', variant, allow_locked: true },
  plot_str: JSON.stringify({ data: [{ x: [1, 2], y: [3, iter] }], layout: { title: 'ROC' } }),
})
const image = (task: string, iter: number) => ({
  ...{ type: 'training_debug_image', task, timestamp: at + iter, iter, metric: 'samples', variant: 'first' },
  ...{ url: `http://files.example/debug/${iter}.png`, key: `debug/${iter}.png`, allow_locked: true },
})
/** What the SDK gives a value that belongs to no iteration. */
const noIteration = -(2 ** 31)

describe('a batch of events', () => {
  it('is counted exactly when all of it is taken', async () => {
    const task = await newTask('all taken')
    const batch = [scalar(task, 1, 0.5), line(task, 'text'), plot(task, 1), image(task, 1)]
    const { status, data } = await sdk.batch('events.add_batch', batch)
    expect([status, data]).toEqual([200, { added: 4, errors: 0, errors_info: {} }])
  })

  it('is counted exactly when some of it cannot be taken, and says why', async () => {
    const task = await newTask('some taken')
    const unknown = 'f'.repeat(32)
    const { status, data } = await sdk.batch('events.add_batch', [
      line(task, 'kept'),
      line(unknown, 'lost'),
      line(task, 'b'),
    ])
    expect(status).toBe(200)
    expect(data).toMatchObject({ added: 2, errors: 1 })
    expect(Object.values(data.errors_info)).toEqual([1])
  })

  it('is refused when nothing of it can be taken, and when nothing is in it', async () => {
    const none = await sdk.batch('events.add_batch', [line('f'.repeat(32), 'lost')])
    expect(none).toMatchObject({ status: 400, subcode: 131, data: {} })
    expect(await sdk.batch('events.add_batch', [])).toMatchObject({ status: 400, subcode: 17, data: {} })
  })

  it('of several tasks changes each of them', async () => {
    const [first, second] = [await newTask('first of two'), await newTask('second of two')]
    const { data } = await sdk.batch('events.add_batch', [scalar(first, 4, 1), scalar(second, 9, 1)])
    expect(data).toMatchObject({ added: 2, errors: 0 })
    expect([await reload(sdk, first), await reload(sdk, second)]).toMatchObject([
      { last_iteration: 4 },
      { last_iteration: 9 },
    ])
  })

  it('is taken of a task that is published when it says that this is meant', async () => {
    const task = await newTask('published')
    await sdk.ok('tasks.completed', { task, publish: true })
    const { allow_locked, ...locked } = line(task, 'too late')
    expect(await sdk.batch('events.add_batch', [locked])).toMatchObject({ status: 400, subcode: 131 })
    expect((await sdk.batch('events.add_batch', [line(task, 'meant')])).data).toMatchObject({ added: 1 })
    expect(allow_locked).toBe(true)
  })
})

describe('scalars', () => {
  it('leave their last values on the task, under the hashes of their names', async () => {
    const task = await newTask('last values')
    const [before] = [(await reload(sdk, task)).last_update]
    await sdk.batch('events.add_batch', [scalar(task, 1, 0.9), scalar(task, 2, 0.2), scalar(task, 3, 0.4)])
    const found = await reload(sdk, task)
    expect(found.last_metrics[md5('loss')][md5('train')]).toMatchObject({
      ...{ metric: 'loss', variant: 'train', value: 0.4, first_value: 0.9, first_value_iteration: 1 },
      ...{ min_value: 0.2, min_value_iteration: 2, max_value: 0.9, max_value_iteration: 1, count: 3 },
      mean_value: 0.5,
    })
    expect(found.last_iteration).toBe(3)
    expect(Date.parse(found.last_update)).toBeGreaterThanOrEqual(Date.parse(before))
  })

  it('are read one by one, as a search for parameters reads its objective', async () => {
    const task = await newTask('objective')
    await sdk.batch('events.add_batch', [scalar(task, 1, 0.9), scalar(task, 2, 0.2)])
    const path = `last_metrics.${md5('loss')}.${md5('train')}`
    const only_fields = ['id', `${path}.value`, `${path}.min_value`]
    const { tasks } = await sdk.ok('tasks.get_all', { id: [task], only_fields })
    expect(tasks).toEqual([
      { id: task, last_metrics: { [md5('loss')]: { [md5('train')]: { value: 0.2, min_value: 0.2 } } } },
    ])
  })

  it('order tasks, best first', async () => {
    const scores = [0.3, 0.1, 0.2]
    const tasks: string[] = []
    for (const score of scores) {
      const task = await newTask('ordered by score')
      await sdk.batch('events.add_batch', [scalar(task, 1, score, ['score', 'best'])])
      tasks.push(task)
    }
    const order_by = [`last_metrics.${md5('score')}.${md5('best')}.min_value`]
    const found = await sdk.ok('tasks.get_all', { name: '^ordered by score$', order_by, only_fields: ['id'] })
    expect(found.tasks.map(({ id }: { id: string }) => id)).toEqual([tasks[1], tasks[2], tasks[0]])
  })

  it('are read as series, by metric and variant', async () => {
    const task = await newTask('series')
    const points = [1, 2, 3].map((iter) => scalar(task, iter, iter / 4))
    await sdk.batch('events.add_batch', [
      ...points,
      scalar(task, 2, 7, ['loss', 'test']),
      scalar(task, 1, 5, ['acc', 'a']),
    ])
    expect(await sdk.ok('events.scalar_metrics_iter_histogram', { task, key: 'iter' })).toEqual({
      loss: { train: { name: 'train', x: [1, 2, 3], y: [0.25, 0.5, 0.75] }, test: { name: 'test', x: [2], y: [7] } },
      acc: { a: { name: 'a', x: [1], y: [5] } },
    })
    const byTime = await sdk.ok('events.scalar_metrics_iter_histogram', { task, key: 'timestamp' })
    expect(byTime.loss.train.x).toEqual([at + 1, at + 2, at + 3])
    const sampled = await sdk.ok('events.scalar_metrics_iter_histogram', { task, key: 'iter', samples: 1 })
    expect(sampled.loss.train).toMatchObject({ x: [expect.any(Number)], y: [0.5] })
  })

  it('are read all of them, a thousand at a time', async () => {
    const task = await newTask('every point')
    const points = Array.from({ length: 2_500 }, (_, iter) => scalar(task, iter, iter * 2))
    await sdk.batch('events.add_batch', points)
    const seen: number[][] = []
    let scroll_id: string | undefined
    for (;;) {
      const request = { task, event_type: 'training_stats_scalar', scroll_id, batch_size: 1_000 }
      const { events, returned, scroll_id: next } = await sdk.ok('events.get_task_events', request)
      for (const event of events) {
        expect(event).toMatchObject({ metric: 'loss', variant: 'train', timestamp: at + event.iter })
        seen.push([event.iter, event.value])
      }
      if (returned < 1_000 || !next) break
      scroll_id = next
    }
    expect(seen).toEqual(points.map(({ iter, value }) => [iter, value]))
  })

  it('without an iteration are read as single values', async () => {
    const task = await newTask('single values')
    const single = (variant: string, value: number) => scalar(task, noIteration, value, ['Summary', variant])
    await sdk.batch('events.add_batch', [single('accuracy', 0.75), single('size', 12)])
    const { tasks } = await sdk.ok('events.get_task_single_value_metrics', { tasks: [task] })
    expect(tasks).toMatchObject([{ task }])
    const values = Object.fromEntries(
      tasks[0].values.map(({ variant, value }: { variant: string; value: number }) => [variant, value]),
    )
    expect(values).toEqual({ accuracy: 0.75, size: 12 })
    expect((await reload(sdk, task)).last_iteration).toBeGreaterThanOrEqual(0)
  })
})

describe('what a task printed', () => {
  it('is read from its end, oldest line first', async () => {
    const task = await newTask('console')
    const lines = Array.from({ length: 30 }, (_, place) => line(task, `line ${place}`, place))
    await sdk.batch('events.add_batch', lines)
    const request = { task, order: 'asc', navigate_earlier: true, batch_size: 3 }
    const { events, returned, total } = await sdk.ok('events.get_task_log', request)
    expect(events.map(({ msg }: { msg: string }) => msg)).toEqual(['line 27', 'line 28', 'line 29'])
    expect(events[0]).toMatchObject({ type: 'log', task, level: 'INFO', worker: 'workstation', timestamp: at + 27 })
    expect([returned, total]).toEqual([3, 30])
  })

  it('is read backwards, page by page', async () => {
    const task = await newTask('console pages')
    await sdk.batch(
      'events.add_batch',
      Array.from({ length: 7 }, (_, place) => line(task, `${place}`, place)),
    )
    const seen: string[] = []
    let from_timestamp: number | undefined
    for (;;) {
      const request = { task, batch_size: 3, navigate_earlier: true, ...(from_timestamp ? { from_timestamp } : {}) }
      const { events } = await sdk.ok('events.get_task_log', request)
      if (events.length === 0) break
      seen.push(...events.map(({ msg }: { msg: string }) => msg))
      from_timestamp = events.at(-1).timestamp
    }
    expect(seen).toEqual(['6', '5', '4', '3', '2', '1', '0'])
  })
})

describe('plots and images', () => {
  it('are read the last of each, with all that was sent', async () => {
    const task = await newTask('plots')
    await sdk.batch('events.add_batch', [plot(task, 1), plot(task, 2), plot(task, 1, 'other')])
    const { plots, returned, total } = await sdk.ok('events.get_task_plots', { task, iters: 1, no_scroll: true })
    const seen = plots.map(({ variant, iter }: { variant: string; iter: number }) => [variant, iter])
    expect(seen).toHaveLength(2)
    expect(seen).toEqual(
      expect.arrayContaining([
        ['curve', 2],
        ['other', 1],
      ]),
    )
    expect([returned, total]).toEqual([2, 2])
    const shown = plots.find(({ variant }: { variant: string }) => variant === 'curve')
    expect(shown).toMatchObject({ task, metric: 'roc', plot_str: plot(task, 2).plot_str, timestamp: at + 2 })
  })

  it('of a metric and variant are read newest iteration first', async () => {
    const task = await newTask('images')
    await sdk.batch(
      'events.add_batch',
      [1, 2, 3].map((iter) => image(task, iter)),
    )
    const metrics = [{ task, metric: 'samples', variants: ['first'] }]
    const { metrics: found } = await sdk.ok('events.debug_images', { metrics, iters: 2 })
    expect(found).toMatchObject([{ task }])
    expect(found[0].iterations).toMatchObject([
      { iter: 3, events: [{ url: image(task, 3).url, key: image(task, 3).key, metric: 'samples', variant: 'first' }] },
      { iter: 2, events: [{ url: image(task, 2).url }] },
    ])
  })

  it('are listed to their end when a task is deleted with its files', async () => {
    const task = await newTask('deleted with files')
    await sdk.batch(
      'events.add_batch',
      [1, 2, 3, 4, 5].map((iter) => image(task, iter)),
    )
    const urls: string[] = []
    let scroll_id: string | undefined
    for (;;) {
      const request = { task, event_type: 'training_debug_image', order: 'asc', batch_size: 2, scroll_id }
      const { events, returned, total, scroll_id: next } = await sdk.ok('events.get_task_events', request)
      expect(returned).toBe(events.length)
      if (events.length === 0) break
      expect(total).toBe(5)
      urls.push(...events.map(({ url }: { url: string }) => url))
      scroll_id = next
    }
    expect(urls.toSorted()).toEqual([1, 2, 3, 4, 5].map((iter) => image(task, iter).url))
  })
})

describe('a reset', () => {
  it('takes away what was reported', async () => {
    const task = await newTask('reset')
    await sdk.batch('events.add_batch', [scalar(task, 8, 1), line(task, 'gone'), plot(task, 1)])
    await sdk.ok('tasks.reset', { task, force: true })
    expect(await reload(sdk, task)).toMatchObject({ last_iteration: 0, last_metrics: {} })
    expect(await sdk.ok('events.get_task_log', { task })).toMatchObject({ events: [], total: 0 })
    expect(await sdk.ok('events.scalar_metrics_iter_histogram', { task })).toEqual({})
    expect(await sdk.ok('events.get_task_plots', { task })).toMatchObject({ plots: [], total: 0 })
  })
})
