import { redeliverQueued } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type QueueBench, startQueues, unknownId } from './queues.fixture.ts'

let bench: QueueBench
beforeAll(async () => {
  bench = await startQueues()
})

const kinds: [string, number, number][] = [
  ['agents’', 1, 0],
  ['native', 0, 1],
]

describe('queues.remove_task', () => {
  it.each(kinds)('success: from the %s line, with status and queue left as they are', async (_, agents, native) => {
    const { id } = await bench.newQueue()
    const [task] = (await bench.waiting(id, agents, native)) as [string]
    expect(await bench.ok('queues.remove_task', { queue: id, task })).toEqual({ removed: 1 })
    expect(await bench.entriesOf(id)).toEqual([])
    expect(await bench.taskNow(task)).toMatchObject({ status: 'queued', queueId: id, enqueueStatus: 'created' })
  })

  it('success: a native task that was taken out is not put back in line by the reconciler', async () => {
    const { id, name } = await bench.newQueue()
    const [task] = (await bench.waiting(id, 0, 1)) as [string]
    await bench.ok('queues.remove_task', { queue: id, task })
    expect((await bench.taskNow(task)).withdrawn).toBe(true)
    await redeliverQueued(bench.ports, { since: null, olderThanMs: 0, outcomesRecorded: async () => true })
    expect(await bench.services.line.counts([{ company: bench.company, queue: name }])).toMatchObject([{ waiting: 0 }])
    await bench.enqueue(task, id)
    expect(await bench.entriesOf(id)).toEqual([task])
  })

  it.each(kinds)('success: update_task_status takes one of the %s line back', async (_, agents, native) => {
    const { id } = await bench.newQueue()
    const [task] = (await bench.waiting(id, agents, native)) as [string]
    await bench.ok('queues.remove_task', { queue: id, task, update_task_status: true })
    expect(await bench.taskNow(task)).toMatchObject({
      status: 'created',
      statusReason: `Task was removed from the queue ${id}`,
      statusMessage: '',
      queueId: null,
      enqueueStatus: null,
    })
  })

  it('success: update_task_status leaves a task alone whose own queue is another one', async () => {
    const [own, other] = [await bench.newQueue(), await bench.newQueue()]
    const [task] = (await bench.waiting(own.id, 1)) as [string]
    await bench.ok('queues.add_task', { queue: other.id, task, update_execution_queue: false })
    await bench.ok('queues.remove_task', { queue: other.id, task, update_task_status: true })
    expect(await bench.taskNow(task)).toMatchObject({ status: 'queued', queueId: own.id })
    expect(await bench.entriesOf(own.id)).toEqual([task])
  })

  it.each([false, true])(
    'refusal: a task that a worker holds is in no line (update_task_status %s)',
    async (update) => {
      const { id, name } = await bench.newQueue()
      const [task] = (await bench.waiting(id, 0, 1)) as [string]
      const held = await bench.holdFirst(name)
      const request = { queue: id, task, update_task_status: update }
      expect(codes(await bench.call('queues.remove_task', request))).toBe('400/703')
      expect(await bench.taskNow(task)).toMatchObject({ status: 'queued', withdrawn: false })
      await held.letGo()
    },
  )

  it('refusal: what is not in this queue, twice removed, or in an unknown one', async () => {
    const { id } = await bench.newQueue()
    const other = await bench.newQueue()
    const [agents, native] = (await bench.waiting(other.id, 1, 1)) as [string, string]
    for (const task of [agents, native, unknownId, 'no id']) {
      expect(codes(await bench.call('queues.remove_task', { queue: id, task }))).toBe('400/703')
    }
    for (const task of [agents, native]) {
      await bench.ok('queues.remove_task', { queue: other.id, task })
      expect(codes(await bench.call('queues.remove_task', { queue: other.id, task }))).toBe('400/703')
    }
    expect(codes(await bench.call('queues.remove_task', { queue: unknownId, task: agents }))).toBe('400/701')
  })

  it.each([
    ['no task', { queue: unknownId }],
    ['no queue', { task: unknownId }],
  ])('wrong input: %s', async (_, request) => {
    expect(codes(await bench.call('queues.remove_task', request))).toBe('400/12')
  })
})
