import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.enqueue_many', () => {
  it('success: puts each in its line, in the order asked', async () => {
    const queue = await bench.newQueue()
    const ids = [await bench.agentsTask(), await bench.agentsTask(), await bench.nativeTask()]
    const answer = await bench.ok('tasks.enqueue_many', { ids, queue: queue.id, status_reason: 'all' })
    expect(answer).toMatchObject({
      failed: [],
      succeeded: ids.map((id) => ({
        ...{ id, queued: true, updated: 1 },
        fields: { status: 'queued', status_reason: 'all', 'execution.queue': queue.id },
      })),
    })
    expect(answer).not.toHaveProperty('queue_watched')
    expect(await bench.entriesOf(queue.id)).toEqual(ids)
  })

  it('success: says on demand, once for all, whether the queue is watched', async () => {
    const queue = await bench.newQueue()
    await bench.ok('workers.register', { worker: 'agent:0', queues: [queue.id] })
    const ids = [unknownId, await bench.agentsTask()]
    const answer = await bench.ok('tasks.enqueue_many', { ids, queue: queue.id, verify_watched_queue: true })
    expect(answer).toMatchObject({ queue_watched: true, succeeded: [{ id: ids[1] }], failed: [{ id: unknownId }] })
  })

  it('success: without a success there is no queue to look at', async () => {
    const answer = await bench.ok('tasks.enqueue_many', { ids: [unknownId], verify_watched_queue: true })
    expect(answer).not.toHaveProperty('queue_watched')
  })

  it('refusal: what cannot be queued is listed as failed, and the others are queued', async () => {
    const queue = await bench.newQueue()
    const [done, draft] = [await bench.taskIn('completed'), await bench.agentsTask()]
    const { succeeded, failed } = await bench.ok('tasks.enqueue_many', { ids: [done, draft, draft], queue: queue.id })
    expect(succeeded).toMatchObject([{ id: draft }])
    expect(failed).toMatchObject([
      { id: done, error: { codes: [400, 110] } },
      { id: draft, error: { codes: [400, 706] } },
    ])
  })

  it('refusal: with validate_tasks one that names what there is not is not queued', async () => {
    const queue = await bench.newQueue()
    const orphan = await bench.agentsTask({ parent: unknownId })
    const lost = await bench.agentsTask({ models: { input: [{ name: 'm', model: unknownId }], output: [] } })
    const former = await bench.agentsTask({ parent: `__DELETED__${unknownId}` })
    const request = { ids: [orphan, lost, former], queue: queue.id }
    const { succeeded, failed } = await bench.ok('tasks.enqueue_many', { ...request, validate_tasks: true })
    expect(succeeded).toMatchObject([{ id: former }])
    expect(failed).toMatchObject([
      { id: orphan, error: { codes: [400, 16] } },
      { id: lost, error: { codes: [400, 201] } },
    ])
    expect((await bench.ok('tasks.enqueue_many', { ...request, ids: [orphan, lost] })).failed).toEqual([])
  })

  it('wrong input: a list that is missing, empty or holds no texts, or two queues, are refused', async () => {
    const queue = await bench.newQueue()
    const two = { ids: ['x'], queue: queue.id, queue_name: queue.name }
    for (const body of [{}, { ids: [] }, { ids: [1] }, two]) {
      expect(await bench.codeOf('tasks.enqueue_many', body)).toBe('400/12')
    }
  })
})
