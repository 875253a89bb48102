import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

describe('queues.clear_queue', () => {
  it('success: both lines are empty, and their tasks are what they were before', async () => {
    const { id } = await bench.newQueue()
    const tasks = await bench.waiting(id, 2, 12)
    const { removed_tasks } = await bench.ok('queues.clear_queue', { queue: id })
    expect(removed_tasks.toSorted()).toEqual(tasks.toSorted())
    expect(await bench.entriesOf(id)).toEqual([])
    for (const task of tasks) {
      expect(await bench.taskNow(task)).toMatchObject({
        status: 'created',
        statusReason: `Queue ${id} was cleared`,
        queueId: null,
      })
    }
  })

  it('success: ids without a task and tasks of another queue leave the line too, and are not listed', async () => {
    const [id, own] = [(await bench.newQueue()).id, (await bench.newQueue()).id]
    const [task] = (await bench.waiting(own, 1)) as [string]
    await bench.ok('queues.add_task', { queue: id, task, update_execution_queue: false })
    await bench.ok('queues.add_task', { queue: id, task: unknownId })
    expect(await bench.ok('queues.clear_queue', { queue: id })).toEqual({ removed_tasks: [] })
    expect(await bench.entriesOf(id)).toEqual([])
    expect(await bench.taskNow(task)).toMatchObject({ status: 'queued', queueId: own })
  })

  it('success: a task that a worker holds stays with it', async () => {
    const { id, name } = await bench.newQueue()
    const [held, waits] = (await bench.waiting(id, 0, 2)) as [string, string]
    const worker = await bench.holdFirst(name)
    expect(await bench.ok('queues.clear_queue', { queue: id })).toEqual({ removed_tasks: [waits] })
    expect((await bench.taskNow(held)).status).toBe('queued')
    await worker.letGo()
  })

  it('refusal: an unknown queue, and a client too old to know the endpoint', async () => {
    const { id } = await bench.newQueue()
    expect(codes(await bench.call('queues.clear_queue', { queue: unknownId }))).toBe('400/701')
    expect(codes(await bench.call('queues.clear_queue', { queue: id }, { version: '2.30' }))).toBe('404/0')
  })

  it.each([
    ['no queue', {}],
    ['a queue that is no text', { queue: {} }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('queues.clear_queue', request))).toBe('400/12')
  })
})
