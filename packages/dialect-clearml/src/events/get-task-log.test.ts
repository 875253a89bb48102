import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makeTask, unknownTask } from '../testing/tasks.fixture.ts'
import { logged, reported, scalar, start } from './events.fixture.ts'
import { maxPage } from './limits.ts'
import { expectVisibleOnly } from './readers.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const endpoint = 'events.get_task_log'

/** A task that printed `count` lines, one a millisecond. */
async function withLines(count: number): Promise<string> {
  const task = await makeTask(clearml)
  await reported(clearml, [
    scalar(task, 1, 1),
    ...Array.from({ length: count }, (_, index) => logged(task, `${index}`, index)),
  ])
  return task
}
const messages = (answer: { events: { msg: string }[] }) => answer.events.map(({ msg }) => Number(msg))
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

describe('events.get_task_log', () => {
  it('success: answers lines as they came, newest first, and nothing else of the task', async () => {
    const task = await withLines(2)
    const line = { type: 'log', task, level: 'INFO', worker: 'w' }
    expect(await clearml.ok(endpoint, { task })).toEqual({
      events: [
        { ...line, timestamp: start + 1, msg: '1' },
        { ...line, timestamp: start, msg: '0' },
      ],
      ...{ returned: 2, total: 2 },
    })
  })

  it('success: a task that printed nothing has no lines', async () => {
    expect(await clearml.ok(endpoint, { task: await makeTask(clearml) })).toEqual({ events: [], returned: 0, total: 0 })
  })

  it('success: the last lines in the order in which they were printed, as the SDK asks for them', async () => {
    const task = await withLines(200)
    const answer = await clearml.ok(endpoint, { task, order: 'asc', navigate_earlier: true, batch_size: 100 })
    expect(messages(answer)).toEqual(range(100, 200))
    expect(answer).toMatchObject({ returned: 100, total: 200 })
  })

  it('success: goes back from a time and forth again, without the line of that time', async () => {
    const task = await withLines(10)
    const page = async (request: object) => messages(await clearml.ok(endpoint, { task, batch_size: 3, ...request }))
    const at = start + 5
    expect(await page({ from_timestamp: at })).toEqual([4, 3, 2])
    expect(await page({ from_timestamp: at, order: 'desc' })).toEqual([4, 3, 2])
    expect(await page({ from_timestamp: at, order: 'asc' })).toEqual([2, 3, 4])
    expect(await page({ from_timestamp: at, navigate_earlier: false })).toEqual([6, 7, 8])
    expect(await page({ from_timestamp: at, navigate_earlier: false, order: 'desc' })).toEqual([8, 7, 6])
    expect(await page({ navigate_earlier: false })).toEqual([0, 1, 2])
    expect(await page({ from_timestamp: start })).toEqual([])
  })

  it('success: going from page to page leaves no line out, though many are of one time', async () => {
    const task = await makeTask(clearml)
    const lines = range(0, 500).map((index) => logged(task, `${index}`, Math.floor(index / 70)))
    await reported(clearml, lines)
    for (const navigate_earlier of [true, false]) {
      const seen: number[] = []
      let from_timestamp: number | undefined
      for (;;) {
        const { events } = await clearml.ok(endpoint, { task, batch_size: 40, navigate_earlier, from_timestamp })
        if (events.length === 0) break
        seen.push(...messages({ events }))
        from_timestamp = events.at(-1).timestamp
      }
      expect(seen).toEqual(navigate_earlier ? range(0, 500).toReversed() : range(0, 500))
    }
  })

  it('success: the older form goes through the log with a scroll', async () => {
    const task = await withLines(5)
    const page = (request: object) => clearml.ok(endpoint, { task, batch_size: 3, ...request }, { version: '2.8' })
    const first = await page({})
    expect(messages(first)).toEqual([0, 1, 2])
    expect(first).toMatchObject({ returned: 3, total: 5 })
    const second = await page({ scroll_id: first.scroll_id })
    expect(messages(second)).toEqual([3, 4])
    expect(await page({ scroll_id: second.scroll_id })).toMatchObject({ events: [], returned: 0, total: 5 })
    expect(messages(await page({ order: 'desc' }))).toEqual([4, 3, 2])
    expect(messages(await clearml.ok(endpoint, { task }, { version: '1.5' }))).toEqual(range(0, 5))
  })

  it("refusal: unknown tasks and another company's", async () => {
    await expectVisibleOnly(clearml, endpoint, (task) => ({ task }))
  })

  it.each([
    ['no task', {}],
    ['no lines at all', { task: unknownTask, batch_size: 0 }],
    ['too many lines', { task: unknownTask, batch_size: maxPage + 1 }],
    ['a size that is no number', { task: unknownTask, batch_size: 'x' }],
    ['an unknown order', { task: unknownTask, order: 'up' }],
    ['a time that is none', { task: unknownTask, from_timestamp: 'yesterday' }],
    ['a time that no date can have', { task: unknownTask, from_timestamp: 1e300 }],
  ])('wrong input: %s', async (_what, request) => {
    expect(await clearml.call(endpoint, request)).toMatchObject({ status: 400, subcode: 12 })
  })

  it('wrong input: a scroll that is none, in the older form', async () => {
    const task = await makeTask(clearml)
    const answer = await clearml.call(endpoint, { task, scroll_id: 'x' }, { version: '2.1' })
    expect(answer).toMatchObject({ status: 400, subcode: 12 })
  })
})
