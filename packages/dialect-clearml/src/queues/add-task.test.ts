import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

describe('queues.add_task', () => {
  it('success: puts a task at the end of the line, names the queue on it, and leaves its status', async () => {
    const { id } = await bench.newQueue()
    const first = await bench.waiting(id, 1)
    const task = await bench.agentsTask()
    const before = await bench.taskNow(task)
    expect(await bench.ok('queues.add_task', { queue: id, task })).toEqual({ added: 1 })
    expect(await bench.entriesOf(id)).toEqual([...first, task])
    expect(await bench.taskNow(task)).toMatchObject({
      status: 'created',
      queueId: id,
      updatedAt: before.updatedAt,
      changedBy: bench.user.id,
    })
  })

  it('success: without update_execution_queue the task is not touched', async () => {
    const { id } = await bench.newQueue()
    const task = await bench.agentsTask()
    await bench.ok('queues.add_task', { queue: id, task, update_execution_queue: false })
    expect(await bench.entriesOf(id)).toEqual([task])
    expect((await bench.taskNow(task)).queueId).toBeNull()
  })

  it('success: an id needs no task', async () => {
    const { id } = await bench.newQueue()
    await bench.ok('queues.add_task', { queue: id, task: unknownId })
    expect(await bench.entriesOf(id)).toEqual([unknownId])
  })

  it('success: another company’s id is an id without a task: that task is never touched', async () => {
    const other = await startQueues()
    const task = await other.agentsTask()
    const stop = () => ({ set: { status: 'stopped' }, counts: 'status' }) as const
    await other.services.tasks.changeTask(other.company, task, stop)
    const { id } = await bench.newQueue()
    await bench.ok('queues.add_task', { queue: id, task })
    expect((await bench.ok('queues.get_next_task', { queue: id, get_task_info: true })).task_info).toBeUndefined()
    expect(await other.taskNow(task)).toMatchObject({ status: 'stopped', leaseUntil: null, queueId: null })
  })

  it('success: a native task is enqueued', async () => {
    const { id } = await bench.newQueue()
    const task = await bench.nativeTask()
    await bench.ok('queues.add_task', { queue: id, task })
    expect(await bench.taskNow(task)).toMatchObject({ status: 'queued', queueId: id, enqueueStatus: 'created', run: 1 })
    expect(await bench.entriesOf(id)).toEqual([task])
  })

  it('refusal: a task that is in this queue already, of either line, or an id', async () => {
    const { id } = await bench.newQueue()
    const tasks = [...(await bench.waiting(id, 1, 1)), unknownId]
    await bench.ok('queues.add_task', { queue: id, task: unknownId })
    for (const task of tasks) expect(codes(await bench.call('queues.add_task', { queue: id, task }))).toBe('400/706')
    expect(await bench.entriesOf(id)).toHaveLength(3)
  })

  it('refusal: an unknown queue, and what is no id of a task', async () => {
    const { id } = await bench.newQueue()
    const task = await bench.agentsTask()
    expect(codes(await bench.call('queues.add_task', { queue: unknownId, task }))).toBe('400/701')
    expect(codes(await bench.call('queues.add_task', { queue: id, task: 'no id' }))).toBe('400/101')
  })

  it.each([
    ['no task', { queue: unknownId }],
    ['a task that is no text', { queue: unknownId, task: 1 }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('queues.add_task', request))).toBe('400/12')
  })
})
