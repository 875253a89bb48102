import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const move = async (queue: string, task: string | undefined, more: object = {}) =>
  (await bench.ok('queues.move_task_to_front', { queue, task, ...more })).position

describe('queues.move_task_to_front', () => {
  it.each([
    ['agents’', 3, 0],
    ['native', 0, 3],
  ])('success: of the %s line', async (_, agents, native) => {
    const { id } = await bench.newQueue()
    const [a, b, c] = await bench.waiting(id, agents, native)
    expect(await move(id, c)).toBe(0)
    expect(await bench.entriesOf(id)).toEqual([c, a, b])
    expect(await move(id, c)).toBe(0)
  })

  it('success: a place is one in the task’s own line', async () => {
    const { id } = await bench.newQueue()
    const [a, b, c, d] = await bench.waiting(id, 2, 2)
    expect(await move(id, d)).toBe(0)
    expect(await bench.entriesOf(id)).toEqual([a, b, d, c])
  })

  it('refusal: what does not wait in this queue, and an unknown queue', async () => {
    const [id, other] = [(await bench.newQueue()).id, (await bench.newQueue()).id]
    const tasks = [...(await bench.waiting(other, 1, 1)), unknownId, 'no id']
    for (const task of tasks)
      expect(codes(await bench.call('queues.move_task_to_front', { queue: id, task }))).toBe('400/703')
    expect(codes(await bench.call('queues.move_task_to_front', { queue: unknownId, task: tasks[0] }))).toBe('400/701')
  })

  it.each([
    ['no task', { queue: unknownId }],
    ['a task that is no text', { queue: unknownId, task: 1 }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('queues.move_task_to_front', request))).toBe('400/12')
  })
})
