import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const next = (queue: string, more: object = {}) => bench.ok('queues.get_next_task', { queue, ...more })

describe('queues.get_next_task', () => {
  it('success: takes tasks in order, and leaves each to the caller for the length of a lease', async () => {
    const { id } = await bench.newQueue()
    const tasks = (await bench.waiting(id, 2)) as [string, string]
    const entry = (await next(id)).entry
    expect(entry).toEqual({ task: tasks[0], added: expect.stringMatching(/\+00:00$/) })
    expect(await bench.entriesOf(id)).toEqual([tasks[1]])
    const task = await bench.taskNow(tasks[0])
    expect(task.status).toBe('queued')
    expect(task.leaseUntil?.getTime()).toBeGreaterThan(Date.now())
    expect((await next(id)).entry.task).toBe(tasks[1])
  })

  it('success: an empty queue answers an empty object', async () => {
    const { id } = await bench.newQueue()
    expect(await next(id)).toEqual({})
    expect(await next(id, { get_task_info: true })).toEqual({})
  })

  it('success: native tasks are never handed to agents', async () => {
    const { id } = await bench.newQueue()
    const tasks = await bench.waiting(id, 0, 1)
    expect(await next(id)).toEqual({})
    expect(await bench.entriesOf(id)).toEqual(tasks)
  })

  it('success: get_task_info adds whose task it is', async () => {
    const { id } = await bench.newQueue()
    await bench.waiting(id, 1)
    await bench.ok('queues.add_task', { queue: id, task: unknownId })
    const request = { get_task_info: true }
    expect((await next(id, request)).task_info).toEqual({ company: bench.company, user: bench.user.id })
    expect(await next(id, request)).toEqual({ entry: { task: unknownId, added: expect.any(String) } })
  })

  it('success: with `task` only that one is taken, and only when it is first', async () => {
    const { id } = await bench.newQueue()
    const [first, second] = await bench.waiting(id, 2)
    expect(await next(id, { task: second })).toEqual({})
    expect((await next(id, { task: first })).entry.task).toBe(first)
    expect((await next(id, { task: second })).entry.task).toBe(second)
  })

  it('success: a stopped task is queued again by being taken', async () => {
    const { id } = await bench.newQueue()
    const task = await bench.agentsTask()
    await bench.services.tasks.changeTask(bench.company, task, () => ({ set: { status: 'stopped' }, counts: 'status' }))
    await bench.ok('queues.add_task', { queue: id, task })
    await next(id)
    expect((await bench.taskNow(task)).status).toBe('queued')
  })

  it('success: any number of agents at once get each task once', async () => {
    const { id } = await bench.newQueue()
    const tasks = await bench.waiting(id, 6)
    const answers = await Promise.all(Array.from({ length: 9 }, () => next(id)))
    const taken = answers.flatMap(({ entry }) => entry?.task ?? [])
    expect(taken.toSorted()).toEqual(tasks.toSorted())
  })

  it('success: a paused queue hands out nothing', async () => {
    const { id, name } = await bench.newQueue()
    const [task] = await bench.waiting(id, 1)
    await bench.services.operations.setQueuePaused(bench.company, name, true)
    expect(await next(id)).toEqual({})
    await bench.services.operations.setQueuePaused(bench.company, name, false)
    expect((await next(id)).entry.task).toBe(task)
  })

  it('refusal: an unknown or foreign queue', async () => {
    const { id } = await bench.newQueue()
    await bench.waiting(id, 1)
    const other = await bench.another({ company: 'new' })
    expect(codes(await bench.call('queues.get_next_task', { queue: unknownId }))).toBe('400/701')
    expect(codes(await other.call('queues.get_next_task', { queue: id }))).toBe('400/701')
    expect(await bench.entriesOf(id)).toHaveLength(1)
  })

  it.each([
    ['no queue', {}],
    ['a task that is no text', { queue: unknownId, task: 3 }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('queues.get_next_task', request))).toBe('400/12')
  })
})
