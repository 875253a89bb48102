import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const created = async (fields: object) => {
  const { id } = await bench.ok('queues.create', fields)
  return (await bench.ok('queues.get_by_id', { queue: id })).queue
}

describe('queues.create', () => {
  it('success: the queue has what was given, its name trimmed and its lists sorted', async () => {
    const metadata = { site: { key: 'site', type: 'string', value: 'here' }, plain: { value: 'x' } }
    const fields = {
      name: '  many words: {1}/2 ',
      display_name: 'Many',
      tags: ['b', 'a', 'b'],
      system_tags: ['z', 'y'],
    }
    const queue = await created({ ...fields, metadata })
    expect(queue).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      name: 'many words: {1}/2',
      display_name: 'Many',
      company: bench.company,
      created: expect.stringMatching(/\+00:00$/),
      last_update: expect.stringMatching(/\+00:00$/),
      tags: ['a', 'b'],
      system_tags: ['y', 'z'],
      entries: [],
      metadata: { ...metadata, plain: { key: 'plain', value: 'x' } },
    })
  })

  it('success: the system tag `default` makes it the only default queue', async () => {
    const { id } = await bench.newQueue({ system_tags: ['default', 'x'] })
    expect((await bench.ok('queues.get_default')).id).toBe(id)
    expect((await bench.ok('queues.get_by_id', { queue: id })).queue.system_tags).toEqual(['default', 'x'])
    expect((await bench.ok('queues.get_all', { system_tags: ['default'] })).queues).toHaveLength(1)
  })

  it('refusal: a name that another queue of the company has; another company may use it', async () => {
    const { name } = await bench.newQueue()
    expect(codes(await bench.call('queues.create', { name: ` ${name}` }))).toBe('400/801')
    const other = await bench.another({ company: 'new' })
    expect(await other.ok('queues.create', { name })).toEqual({ id: expect.any(String) })
  })

  it.each([
    ['no name', {}, '400/12'],
    ['a name that is no text', { name: 7 }, '400/12'],
    ['a name of two characters between blanks', { name: ' ab  ' }, '400/800'],
    ['a name that no index can hold', { name: 'n'.repeat(3_000) }, '400/800'],
    ['a tag that means something to the query language', { name: 'abc', tags: ['__$x'] }, '400/16'],
    ['a system tag that does', { name: 'abc', system_tags: ['__$x'] }, '400/16'],
    ['tags that are no list', { name: 'abc', tags: 'x' }, '400/12'],
    ['metadata that is no map of items', { name: 'abc', metadata: { a: 1 } }, '400/12'],
  ])('wrong input: %s', async (_, fields, code) => {
    expect(codes(await bench.call('queues.create', fields))).toBe(code)
  })
})
