import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const move = async (queue: string, task: string | undefined, more: object = {}) =>
  (await bench.ok('queues.move_task_to_back', { queue, task, ...more })).position

describe('queues.move_task_to_back', () => {
  it.each([
    ['agents’', 3, 0],
    ['native', 0, 3],
  ])('success: of the %s line, and whoever comes then stands behind it', async (_, agents, native) => {
    const { id } = await bench.newQueue()
    const [a, b, c] = await bench.waiting(id, agents, native)
    expect(await move(id, a)).toBe(2)
    expect(await bench.entriesOf(id)).toEqual([b, c, a])
    const [d] = await bench.waiting(id, agents / 3, native / 3)
    expect(await bench.entriesOf(id)).toEqual([b, c, a, d])
  })

  it('refusal: what does not wait in this queue, and an unknown queue', async () => {
    const [id, other] = [(await bench.newQueue()).id, (await bench.newQueue()).id]
    const tasks = [...(await bench.waiting(other, 1, 1)), unknownId, 'no id']
    for (const task of tasks)
      expect(codes(await bench.call('queues.move_task_to_back', { queue: id, task }))).toBe('400/703')
    expect(codes(await bench.call('queues.move_task_to_back', { queue: unknownId, task: tasks[0] }))).toBe('400/701')
  })

  it.each([
    ['no task', { queue: unknownId }],
    ['a task that is no text', { queue: unknownId, task: 1 }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('queues.move_task_to_back', request))).toBe('400/12')
  })
})
