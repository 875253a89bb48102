import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

describe('queues.peek_task', () => {
  it('success: the first task stays where it is; an empty queue has none', async () => {
    const { id } = await bench.newQueue()
    expect(await bench.ok('queues.peek_task', { queue: id })).toEqual({ task: null })
    const tasks = await bench.waiting(id, 0, 2)
    expect(await bench.ok('queues.peek_task', { queue: id })).toEqual({ task: tasks[0] })
    const [agents] = await bench.waiting(id, 1)
    expect(await bench.ok('queues.peek_task', { queue: id })).toEqual({ task: agents })
    expect(await bench.entriesOf(id)).toEqual([agents, ...tasks])
  })

  it('refusal: an unknown queue', async () => {
    expect(codes(await bench.call('queues.peek_task', { queue: unknownId }))).toBe('400/701')
  })

  it('wrong input: no queue', async () => {
    expect(codes(await bench.call('queues.peek_task', {}))).toBe('400/12')
  })
})
