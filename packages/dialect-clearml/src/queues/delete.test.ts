import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

describe('queues.delete', () => {
  it('success: an empty queue is gone', async () => {
    const { id } = await bench.newQueue()
    expect(await bench.ok('queues.delete', { queue: id })).toEqual({ deleted: 1 })
    expect(codes(await bench.call('queues.get_by_id', { queue: id }))).toBe('400/701')
  })

  it.each([
    ['agents’', 1, 0],
    ['native', 0, 1],
  ])('success: force takes the tasks of the %s line back to what they were before', async (_, agents, native) => {
    const { id, name } = await bench.newQueue()
    const [task] = (await bench.waiting(id, agents, native)) as [string]
    expect(await bench.ok('queues.delete', { queue: id, force: true })).toEqual({ deleted: 1 })
    expect(await bench.taskNow(task)).toMatchObject({
      status: 'created',
      statusReason: `Queue ${id} was deleted`,
      statusMessage: '',
      queueId: null,
      enqueueStatus: null,
    })
    expect(await bench.services.line.counts([{ company: bench.company, queue: name }])).toMatchObject([{ waiting: 0 }])
  })

  it('success: a task that was stopped before it was enqueued is stopped again', async () => {
    const { id } = await bench.newQueue()
    const task = await bench.agentsTask()
    await bench.services.tasks.changeTask(bench.company, task, () => ({ set: { status: 'stopped' }, counts: 'status' }))
    await bench.enqueue(task, id)
    await bench.ok('queues.delete', { queue: id, force: true })
    expect((await bench.taskNow(task)).status).toBe('stopped')
  })

  it('success: force leaves a task alone whose own queue is another one', async () => {
    const [own, other] = [await bench.newQueue(), await bench.newQueue()]
    const [task] = (await bench.waiting(own.id, 1)) as [string]
    await bench.ok('queues.add_task', { queue: other.id, task, update_execution_queue: false })
    await bench.ok('queues.delete', { queue: other.id, force: true })
    expect(await bench.taskNow(task)).toMatchObject({ status: 'queued', queueId: own.id })
    expect(await bench.entriesOf(own.id)).toEqual([task])
  })

  it.each([
    ['agents’', 1, 0],
    ['native', 0, 1],
  ])('refusal: a task waits in the %s line', async (_, agents, native) => {
    const { id } = await bench.newQueue()
    await bench.waiting(id, agents, native)
    expect(codes(await bench.call('queues.delete', { queue: id }))).toBe('400/702')
    expect(await bench.entriesOf(id)).toHaveLength(1)
  })

  it('refusal: an unknown or foreign queue', async () => {
    const { id } = await bench.newQueue()
    const other = await bench.another({ company: 'new' })
    expect(codes(await bench.call('queues.delete', { queue: unknownId }))).toBe('400/701')
    expect(codes(await other.call('queues.delete', { queue: id, force: true }))).toBe('400/701')
  })

  it.each([
    ['no queue', {}],
    ['a queue that is no text', { queue: [] }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('queues.delete', request))).toBe('400/12')
  })
})
