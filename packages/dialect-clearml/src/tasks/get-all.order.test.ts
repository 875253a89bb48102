import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { storeTask } from '../testing/stored-task.fixture.ts'

let clearml: Clearml
let made: string[]

const parameter = (value: string) => ({ Args: { lr: { section: 'Args', name: 'lr', value } } })
const metric = (value: number) => ({ m: { v: { value } } })

beforeAll(async () => {
  clearml = await startClearml()
  const tasks = [
    await storeTask(clearml, { name: 'b', comment: 'y fox', hyperparams: parameter('2'), lastMetrics: metric(0.5) }),
    await storeTask(clearml, { name: 'a', comment: 'x', hyperparams: parameter('11'), lastMetrics: metric(10) }),
    await storeTask(clearml, { name: 'c', comment: '', hyperparams: parameter('1') }),
    await storeTask(clearml, { name: 'a', comment: 'fox fox fox', tags: ['t'] }),
    await storeTask(clearml, { name: 'd' }),
  ]
  made = tasks.map(({ id }) => id)
})

/** The places of the found tasks in the order in which they were made. */
const find = async (request: object): Promise<number[]> =>
  (await clearml.ok('tasks.get_all', { only_fields: ['id'], allow_public: false, ...request })).tasks.map(
    ({ id }: { id: string }) => made.indexOf(id),
  )

describe('tasks.get_all in order', () => {
  it.each<[order_by: string | string[], expected: number[]]>([
    [[], [0, 1, 2, 3, 4]],
    [['name'], [1, 3, 0, 2, 4]],
    [['-name'], [4, 2, 0, 1, 3]],
    ['name', [1, 3, 0, 2, 4]],
    [
      ['name', '-created'],
      [3, 1, 0, 2, 4],
    ],
    [
      ['comment', 'id'],
      [3, 1, 0, 2, 4],
    ],
    [
      ['-comment', 'id'],
      [0, 1, 3, 2, 4],
    ],
    [['hyperparams.Args.lr.value'], [2, 0, 1, 3, 4]],
    [['-hyperparams.Args.lr'], [1, 0, 2, 3, 4]],
    [['execution.parameters.lr'], [2, 0, 1, 3, 4]],
    [
      ['-last_metrics.m.v.value', 'id'],
      [1, 0, 2, 3, 4],
    ],
    [['colour'], [0, 1, 2, 3, 4]],
    [['-created'], [4, 3, 2, 1, 0]],
  ])('by %j, empty values of the first key last', async (order_by, expected) => {
    expect(await find({ order_by })).toEqual(expected)
  })

  it('by how well a text fits', async () => {
    expect(await find({ search_text: 'fox', order_by: ['-@text_score'] })).toEqual([3, 0])
  })
})

describe('tasks.get_all by pages', () => {
  it('of the size asked for, until nothing is left', async () => {
    const pages = [0, 1, 2, 3].map((page) => find({ order_by: ['id'], page, page_size: 2 }))
    expect(await Promise.all(pages)).toEqual([[0, 1], [2, 3], [4], []])
  })
})

describe('tasks.get_all by scrolling', () => {
  const scroll = async (scroll_id: string | null, more: object = {}) => {
    const answer = await clearml.ok('tasks.get_all', {
      order_by: ['id'],
      allow_public: false,
      scroll_id,
      size: 2,
      ...more,
    })
    const found: number[] = answer.tasks.map(({ id }: { id: string }) => made.indexOf(id))
    return { found, next: answer.scroll_id as string }
  }

  it('goes on where the last answer ended, to an empty list', async () => {
    const pages: number[][] = []
    let next: string | null = null
    do {
      const page: { found: number[]; next: string } = await scroll(next)
      pages.push(page.found)
      next = page.next
    } while (pages.at(-1)?.length)
    expect(pages).toEqual([[0, 1], [2, 3], [4], []])
  })

  it('starts anew with an id that nobody knows, and gives a new one', async () => {
    const { found, next } = await scroll('0123456789abcdef0123456789abcdef')
    expect(found).toEqual([0, 1])
    expect((await scroll(next)).found).toEqual([2, 3])
  })

  it('refreshes all that was seen, and goes on from there', async () => {
    const second = await scroll((await scroll(null)).next)
    const refreshed = await scroll(second.next, { refresh_scroll: true })
    expect(refreshed.found).toEqual([0, 1, 2, 3])
    expect((await scroll(refreshed.next)).found).toEqual([4])
  })

  it('answers no scroll_id to a request that does not scroll', async () => {
    expect(await clearml.ok('tasks.get_all', { size: 2 })).not.toHaveProperty('scroll_id')
  })
})
