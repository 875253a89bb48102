import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const move = async (queue: string, task: string | undefined, more: object = {}) =>
  (await bench.ok('queues.move_task_forward', { queue, task, ...more })).position

describe('queues.move_task_forward', () => {
  it.each([
    ['agents’', 4, 0],
    ['native', 0, 4],
  ])('success: within the %s line, by one or by count, clipped at the front', async (_, agents, native) => {
    const { id } = await bench.newQueue()
    const [a, b, c, d] = await bench.waiting(id, agents, native)
    expect(await move(id, c)).toBe(1)
    expect(await bench.entriesOf(id)).toEqual([a, c, b, d])
    expect(await move(id, d, { count: 2 })).toBe(1)
    expect(await bench.entriesOf(id)).toEqual([a, d, c, b])
    expect(await move(id, b, { count: 99 })).toBe(0)
    expect(await bench.entriesOf(id)).toEqual([b, a, d, c])
    expect(await move(id, b)).toBe(0)
  })

  it('refusal: what does not wait in this queue, and an unknown queue', async () => {
    const [id, other] = [(await bench.newQueue()).id, (await bench.newQueue()).id]
    const tasks = [...(await bench.waiting(other, 1, 1)), unknownId, 'no id']
    for (const task of tasks)
      expect(codes(await bench.call('queues.move_task_forward', { queue: id, task }))).toBe('400/703')
    expect(codes(await bench.call('queues.move_task_forward', { queue: unknownId, task: tasks[0] }))).toBe('400/701')
  })

  it.each([
    ['no task', { queue: unknownId }],
    ['a task that is no text', { queue: unknownId, task: 1 }],
    ['a count of nothing', { queue: unknownId, task: unknownId, count: 0 }],
    ['a count that is none', { queue: unknownId, task: unknownId, count: 'one' }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('queues.move_task_forward', request))).toBe('400/12')
  })
})
