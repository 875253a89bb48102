import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plain } from '../../lib/deepomatic/pictures.ts'
import { expectError, expectPage, expectTask, type TaskObject } from '../../lib/deepomatic/shapes.ts'
import { type DeepomaticSystem, startDeepomatic, tinySpec } from '../../lib/deepomatic/system.ts'

let system: DeepomaticSystem
let ids: string[]
const total = 120
/** The place of the one that is no image. */
const failing = 57

beforeAll(async () => {
  system = await startDeepomatic()
  ids = []
  for (let n = 0; n < total; n++) {
    const source = n === failing ? Buffer.from('no image') : plain(n % 2 ? 'red' : 'blue')
    ids.push(await system.client.start(tinySpec, { inputs: [{ source }] }))
  }
})
afterAll(() => system?.stop())

const page = async (query: string) => {
  const { status, data } = await system.wire.get(`/tasks/?${query}`)
  expect(status).toBe(200)
  const read = expectPage<TaskObject>(data)
  read.results.forEach(expectTask)
  return read
}
const idsOf = ({ results }: { results: TaskObject[] }) => results.map(({ id }) => id)
const repeated = (some: readonly string[]) => some.map((id) => `task_ids=${id}`).join('&')

describe('120 tasks, one of which fails', () => {
  it('come over two pages, each once and in the order asked', async () => {
    const asked = [...ids].reverse()
    const listed = await system.client.tasks(asked)
    expect(listed.map(({ id }) => id)).toEqual(asked)
  })

  it('are all waited for in one call: one error, 119 successes, each at its place', async () => {
    const { pending, success, error } = await system.client.batchWait(ids, 50_000)
    expect(pending).toEqual([])
    expect(error.map(([place]) => place)).toEqual([failing])
    const others = Array.from({ length: total }, (_, n) => n).filter((n) => n !== failing)
    expect(success.map(([place]) => place)).toEqual(others)
    for (const [place, task] of success) {
      expect(task.id).toBe(ids[place])
      expect(task.data.outputs[0].labels.predicted[0].label_name).toBe(place % 2 ? 'red' : 'blue')
    }
  })
})

describe('task_ids', () => {
  it('are repeated, a JSON array of texts or numbers, or both, in the order in which they stand', async () => {
    const [a, b, c] = ids as [string, string, string]
    const list = (values: unknown) => `task_ids=${encodeURIComponent(JSON.stringify(values))}`
    expect(idsOf(await page(repeated([b, a])))).toEqual([b, a])
    expect(idsOf(await page(list([c, a])))).toEqual([c, a])
    expect(idsOf(await page(list([Number(c), a])))).toEqual([c, a])
    expect(idsOf(await page(`${repeated([c])}&${list([b])}&${repeated([a])}`))).toEqual([c, b, a])
    expect(idsOf(await page(`task_ids=%20%5B%22${a}%22%5D%20`))).toEqual([a])
    expect(idsOf(await page(list([])))).toEqual([])
  })

  it('that are repeated count once, at their first place', async () => {
    const [a, b] = ids as [string, string]
    expect(await page(repeated([b, a, b, a]))).toMatchObject({ count: 2, results: [{ id: b }, { id: a }] })
  })

  it('that are unknown or no ids at all are left out', async () => {
    const [a] = ids as [string]
    const unknown = ['99999999', 'x', '-1', '99999999999999999999999', '', '0']
    expect(await page(repeated([...unknown, a]))).toMatchObject({ count: 1, next: null, results: [{ id: a }] })
  })

  it('that are absent give an empty page', async () => {
    const empty = { count: 0, next: null, previous: null, results: [] }
    expect(await page('offset=0&limit=100')).toEqual(empty)
    expect((await system.wire.get('/tasks')).data).toEqual(empty)
  })

  it.each([
    ['a broken array', '["1"'],
    ['an array of arrays', '[["1"]]'],
    ['an array with null', '["1",null]'],
    ['an array with an object', '[{"id":"1"}]'],
    ['an array with a boolean', '[true]'],
  ])('that hold %s are 400', async (_what, text) => {
    expectError(await system.wire.get(`/tasks/?task_ids=${encodeURIComponent(text)}`), 400)
  })

  it('may fill 16 kB of the address, and its links too', async () => {
    const unknown = Array.from({ length: 1_200 }, (_, n) => `${9_000 + n}`.slice(0, 4))
    const query = `${repeated([...unknown, ids[0] as string, ids[1] as string])}&limit=1`
    expect(query.length).toBeGreaterThan(16_384)
    const first = await page(query)
    expect(idsOf(first)).toEqual([ids[0]])
    expect(idsOf((await system.wire.get(first.next as string)).data)).toEqual([ids[1]])
  })
})

describe('pages', () => {
  it('link to each other with whole addresses that keep every parameter', async () => {
    const asked = ids.slice(0, 5)
    const first = await page(`${repeated(asked)}&public=1&offset=0&limit=2`)
    expect(first).toMatchObject({ count: 5, previous: null })
    expect(idsOf(first)).toEqual(asked.slice(0, 2))
    const next = new URL(first.next as string)
    expect(next.href.startsWith(`${system.inferq.url}/v0.7/tasks`)).toBe(true)
    expect(next.searchParams.getAll('task_ids')).toEqual(asked)
    expect(Object.fromEntries(next.searchParams)).toMatchObject({ public: '1', offset: '2', limit: '2' })

    const second = expectPage<TaskObject>((await system.wire.get(next.href)).data)
    expect(idsOf(second)).toEqual(asked.slice(2, 4))
    const third = expectPage<TaskObject>((await system.wire.get(second.next as string)).data)
    expect([idsOf(third), third.next]).toEqual([asked.slice(4), null])
    const back = expectPage<TaskObject>((await system.wire.get(third.previous as string)).data)
    expect(back.results).toEqual(second.results)
    const start = expectPage<TaskObject>((await system.wire.get(back.previous as string)).data)
    expect([idsOf(start), start.previous]).toEqual([asked.slice(0, 2), null])
  })

  it('name the host that the client asked', async () => {
    const { port } = new URL(system.inferq.url)
    const asked = `${repeated(ids.slice(0, 2))}&offset=0&limit=1`
    const { data } = await system.wire.get(`http://localhost:${port}/v0.7/tasks/?${asked}`)
    expect(data.next).toMatch(`http://localhost:${port}/v0.7/tasks`)
  })

  it('hold 100 by default, and by their number when neither offset nor limit is given', async () => {
    const all = repeated(ids)
    expect((await page(all)).results).toHaveLength(100)
    expect((await page(`${all}&offset=100`)).results).toHaveLength(20)
    expect(idsOf(await page(`${all}&page=2&page_size=50`))).toEqual(ids.slice(50, 100))
    expect(idsOf(await page(`${all}&page=2`))).toEqual(ids.slice(100))
    expect(idsOf(await page(`${all}&page=3&page_size=50&limit=10`))).toEqual(ids.slice(0, 10))
    const third = await page(`${all}&page=2&page_size=50`)
    expect(idsOf((await system.wire.get(third.next as string)).data)).toEqual(ids.slice(100))
  })

  it('that lie past the end are empty, and a limit above 1000 is 1000', async () => {
    expect(await page(`${repeated(ids)}&offset=500`)).toMatchObject({ count: total, next: null, results: [] })
    expect(idsOf(await page(`${repeated(ids)}&limit=100000`))).toEqual(ids)
  })

  it.each([
    'offset=-1',
    'offset=x',
    'offset=1.5',
    'limit=-1',
    'limit=0',
    'limit=many',
    'page=0',
    'page=x',
    'page_size=0',
    'page_size=-3',
  ])('with %s are 400', async (query) => {
    expectError(await system.wire.get(`/tasks/?${repeated(ids.slice(0, 3))}&${query}`), 400)
  })
})
