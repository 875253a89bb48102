import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

describe('queues.get_by_id', () => {
  it('success: entries are of both lines, the agents’ first, with plain task ids and times', async () => {
    const { id } = await bench.newQueue()
    const native = await bench.nativeTask()
    await bench.enqueue(native, id)
    const [first, second] = await bench.waiting(id, 2)
    const { queue } = await bench.ok('queues.get_by_id', { queue: id })
    const added = expect.stringMatching(/^\d{4}-.*\+00:00$/)
    expect(queue.entries).toEqual([first, second, native].map((task) => ({ task, added })))
  })

  it('success: at most max_task_entries of them', async () => {
    const { id } = await bench.newQueue()
    const tasks = await bench.waiting(id, 2, 2)
    for (const count of [1, 2, 3]) {
      const { queue } = await bench.ok('queues.get_by_id', { queue: id, max_task_entries: count })
      expect(queue.entries.map(({ task }: { task: string }) => task)).toEqual(tasks.slice(0, count))
    }
  })

  it('success: clients before 2.17 see the metadata as a list', async () => {
    const { id } = await bench.newQueue({ metadata: { a: { value: 'x' } } })
    expect((await bench.ok('queues.get_by_id', { queue: id }, { version: '2.16' })).queue.metadata).toEqual([])
    expect((await bench.ok('queues.get_by_id', { queue: id }, { version: '2.17' })).queue.metadata).toHaveProperty('a')
  })

  it('refusal: an unknown id, a name in place of one, another company’s queue; data is an empty object', async () => {
    const other = await bench.another({ company: 'new' })
    const foreign = await other.ok('queues.create', { name: 'foreign' })
    const { name } = await bench.newQueue()
    for (const queue of [unknownId, name, foreign.id, '']) {
      const answer = await bench.call('queues.get_by_id', { queue })
      expect(codes(answer)).toBe('400/701')
      expect(answer.data).toEqual({})
    }
  })

  it.each([
    ['no queue', {}],
    ['a queue that is no text', { queue: 1 }],
    ['a number of entries that is none', { queue: unknownId, max_task_entries: 'few' }],
    ['a number of entries below zero', { queue: unknownId, max_task_entries: -1 }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('queues.get_by_id', request))).toBe('400/12')
  })
})
