import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const namesFor = async (request: object) =>
  (await bench.ok('queues.get_all', request)).queues.map(({ name }: { name: string }) => name)

describe('queues.get_all', () => {
  it('success: finds a queue by its name as clients escape it, with only the fields asked for', async () => {
    const { id, name } = await bench.newQueue()
    const escaped = `^${name.replace(' ', '\\ ')}$`
    const request = { name: escaped, only_fields: ['id', 'name'], search_hidden: true }
    expect((await bench.ok('queues.get_all', request)).queues).toEqual([{ id, name }])
  })

  it('success: by id, tags and metadata, in the order asked for', async () => {
    const one = await bench.newQueue({ tags: ['red'], metadata: { site: { type: 'string', value: 'north' } } })
    const two = await bench.newQueue({ tags: ['red', 'blue'] })
    const ordered = [one.name, two.name].sort()
    expect(await namesFor({ id: [one.id, two.id], order_by: ['name'] })).toEqual(ordered)
    expect(await namesFor({ id: [one.id, two.id], order_by: ['-name'] })).toEqual(ordered.toReversed())
    expect(await namesFor({ tags: ['red', '-blue'] })).toEqual([one.name])
    expect(await namesFor({ 'metadata.site.value': ['north'] })).toEqual([one.name])
  })

  it('success: an agent’s poll gets tags as a list even when there are none', async () => {
    const { id } = await bench.newQueue()
    const request = { id: [id], only_fields: ['id', 'tags'] }
    expect((await bench.ok('queues.get_all', request, { version: '2.4' })).queues).toEqual([{ id, tags: [] }])
  })

  it('success: entries are of both lines, and as many of each queue as max_task_entries says', async () => {
    const queues = [await bench.newQueue(), await bench.newQueue()]
    const waiting = new Map<string, string[]>()
    for (const { id } of queues) waiting.set(id, await bench.waiting(id, 1, 1))
    const ids = queues.map(({ id }) => id)
    const all = (await bench.ok('queues.get_all', { id: ids })).queues
    const first = (await bench.ok('queues.get_all', { id: ids, max_task_entries: 1, only_fields: ['entries'] })).queues
    for (const { id, entries } of all)
      expect(entries.map(({ task }: { task: string }) => task)).toEqual(waiting.get(id))
    for (const { entries } of first) expect(entries).toHaveLength(1)
  })

  it('success: queues tagged k8s-glue show only when they are asked for', async () => {
    const { id, name } = await bench.newQueue({ system_tags: ['k8s-glue'], tags: ['glue'] })
    expect(await namesFor({ tags: ['glue'] })).toEqual([])
    expect(await namesFor({ tags: ['glue'], search_hidden: true })).toEqual([name])
    expect(await namesFor({ tags: ['glue'], name: 'queue' })).toEqual([name])
    expect(await namesFor({ id: [id] })).toEqual([name])
  })

  it('success: pages, and scrolls to an empty end', async () => {
    const tag = 'paged'
    for (let count = 0; count < 3; count++) await bench.newQueue({ tags: [tag] })
    expect(await namesFor({ tags: [tag], page: 1, page_size: 2 })).toHaveLength(1)
    const sizes: number[] = []
    for (let scroll_id: string | null = null; sizes.at(-1) !== 0; ) {
      const answer: { queues: unknown[]; scroll_id: string } = await bench.ok('queues.get_all', {
        ...{ tags: [tag], size: 2, scroll_id },
      })
      scroll_id = answer.scroll_id
      sizes.push(answer.queues.length)
    }
    expect(sizes).toEqual([2, 1, 0])
  })

  it('refusal: another company’s queues are not there; without a credential nothing is', async () => {
    const { id } = await bench.newQueue()
    const other = await bench.another({ company: 'new' })
    expect((await other.ok('queues.get_all', { id: [id] })).queues).toEqual([])
    expect(codes(await bench.call('queues.get_all', {}, { headers: anonymous }))).toBe('401/20')
  })

  it.each([
    ['a malformed pattern', { name: '(' }, '400/21'],
    ['a field that queues do not have', { only_fields: ['status'] }, '400/14'],
    ['a page below zero', { page: -1, page_size: 2 }, '400/12'],
    ['a tag operator that there is not', { tags: ['__$some', 'a'] }, '400/16'],
    ['a number of entries that is none', { max_task_entries: 'few' }, '400/12'],
  ])('wrong input: %s', async (_, request, code) => {
    expect(codes(await bench.call('queues.get_all', request))).toBe(code)
  })
})
