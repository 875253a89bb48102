import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { makePublicTask } from '../testing/tasks.fixture.ts'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.dequeue_many', () => {
  it('success: takes each off its queue; one that is in none is left as it is', async () => {
    const queue = await bench.newQueue()
    const [task = ''] = await bench.waiting(queue.id, 1)
    const draft = await bench.agentsTask()
    const { succeeded, failed } = await bench.ok('tasks.dequeue_many', { ids: [task, draft, unknownId] })
    expect(failed).toEqual([])
    expect(succeeded).toMatchObject([
      { id: task, dequeued: true, updated: 1, fields: { status: 'created', enqueue_status: null } },
      { id: draft, dequeued: true, updated: 0 },
      { id: unknownId, dequeued: true, updated: 0 },
    ])
    expect(await bench.entriesOf(queue.id)).toEqual([])
  })

  it('success: new_status holds for all', async () => {
    const ids = [await bench.taskIn('queued'), await bench.taskIn('in_progress')]
    await bench.ok('tasks.dequeue_many', { ids, new_status: 'stopped' })
    for (const id of ids) expect((await bench.taskNow(id)).status).toBe('stopped')
  })

  it('refusal: one that is public, or that a worker holds, is listed as failed, and the others are dequeued', async () => {
    await bench.whileHeld(async ({ id }) => {
      const [shared, task] = [await makePublicTask(bench), await bench.taskIn('queued')]
      const { succeeded, failed } = await bench.ok('tasks.dequeue_many', { ids: [shared, id, task] })
      expect(succeeded).toMatchObject([{ id: task, updated: 1 }])
      expect(failed).toMatchObject([
        { id: shared, error: { codes: [403, 21] } },
        { id, error: { codes: [400, 110] } },
      ])
    })
  })

  it('wrong input: a list that is missing, empty or holds no texts, or a status that there is not, is refused', async () => {
    for (const body of [{}, { ids: [] }, { ids: [1] }, { ids: ['x'], new_status: 'done' }]) {
      expect(await bench.codeOf('tasks.dequeue_many', body)).toBe('400/12')
    }
  })
})
