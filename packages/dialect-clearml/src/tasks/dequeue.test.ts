import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { type StatusBench, startStatuses } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.dequeue', () => {
  it('success: the task leaves its line and is what it was before the enqueue; the queue stays its own', async () => {
    const queue = await bench.newQueue()
    const task = await bench.taskIn('failed')
    await bench.enqueue(task, queue.id)
    const answer = await bench.ok('tasks.dequeue', { task, status_reason: 'why', status_message: 'what' })
    expect(answer).toMatchObject({ dequeued: 1, updated: 1 })
    expect(answer.fields).toMatchObject({
      ...{ status: 'failed', status_reason: 'why', status_message: 'what', enqueue_status: null },
    })
    expect(await bench.taskNow(task)).toMatchObject({ status: 'failed', enqueueStatus: null, queueId: queue.id })
    expect(await bench.entriesOf(queue.id)).toEqual([])
  })

  it('success: one of which nobody knows what it was is a draft', async () => {
    const task = await bench.taskIn('queued')
    expect((await bench.ok('tasks.dequeue', { task })).fields.status).toBe('created')
  })

  it('success: new_status says what the task is afterwards, whatever the table says of it', async () => {
    const task = await bench.taskIn('in_progress')
    await bench.ok('tasks.dequeue', { task, new_status: 'completed' })
    expect((await bench.taskNow(task)).status).toBe('completed')
  })

  it('success: a task that an agent runs stays in progress when the agent says so, as the agent does on each start', async () => {
    const queue = await bench.newQueue()
    const [task = ''] = await bench.waiting(queue.id, 1)
    await bench.ok('queues.get_next_task', { queue: queue.id })
    await bench.ok('tasks.started', { task, force: true })
    const { updated, fields } = await bench.ok('tasks.dequeue', { task, new_status: 'in_progress' })
    expect({ updated, status: fields.status }).toEqual({ updated: 1, status: 'in_progress' })
    expect(await bench.taskNow(task)).toMatchObject({ status: 'in_progress', enqueueStatus: null })
  })

  it('success: a task that runs and was never asked to stay goes back to what it was', async () => {
    const task = await bench.taskIn('in_progress', { enqueueStatus: 'stopped' })
    await bench.ok('tasks.dequeue', { task })
    expect((await bench.taskNow(task)).status).toBe('stopped')
  })

  it('success: of any other task nothing changes, but it is sure to be in no line', async () => {
    const queue = await bench.newQueue()
    const [task = ''] = await bench.waiting(queue.id, 1)
    await bench.ok('tasks.stopped', { task })
    const before = await bench.taskNow(task)
    expect(await bench.ok('tasks.dequeue', { task })).toEqual({ dequeued: 1, updated: 0, fields: {} })
    expect(await bench.taskNow(task)).toEqual(before)
    expect(await bench.entriesOf(queue.id)).toEqual([])
  })

  it('success: leaves only its own queue, or all on demand', async () => {
    const [queue, second] = [await bench.newQueue(), await bench.newQueue()]
    const [task = ''] = await bench.waiting(queue.id, 1)
    await bench.ok('queues.add_task', { queue: second.id, task, update_execution_queue: false })
    await bench.ok('tasks.dequeue', { task })
    expect([await bench.entriesOf(queue.id), await bench.entriesOf(second.id)]).toEqual([[], [task]])
    await bench.enqueue(task, queue.id)
    await bench.ok('queues.add_task', { queue: second.id, task, update_execution_queue: false })
    await bench.ok('tasks.dequeue', { task, remove_from_all_queues: true })
    expect([await bench.entriesOf(queue.id), await bench.entriesOf(second.id)]).toEqual([[], []])
  })

  it('success: an id that no task has leaves all queues', async () => {
    const [queue, second] = [await bench.newQueue(), await bench.newQueue()]
    for (const { id } of [queue, second]) await bench.ok('queues.add_task', { queue: id, task: unknownId })
    expect(await bench.ok('tasks.dequeue', { task: unknownId })).toMatchObject({ dequeued: 1, updated: 0 })
    expect([await bench.entriesOf(queue.id), await bench.entriesOf(second.id)]).toEqual([[], []])
    expect(await bench.ok('tasks.dequeue', { task: 'no id' })).toMatchObject({ dequeued: 1, updated: 0 })
  })

  it('success: the lease of the agent that took it ends, so it does not come back', async () => {
    const queue = await bench.newQueue()
    const [task = ''] = await bench.waiting(queue.id, 1)
    await bench.ok('queues.get_next_task', { queue: queue.id })
    await bench.ok('tasks.dequeue', { task })
    expect(await bench.taskNow(task)).toMatchObject({ status: 'created', leaseUntil: null })
  })

  it('success: the job of a native task leaves its line', async () => {
    const { id, queue } = await bench.queuedNative()
    expect(await bench.ok('tasks.dequeue', { task: id })).toMatchObject({ dequeued: 1, updated: 1 })
    expect(await bench.entriesOf(queue.id)).toEqual([])
    expect((await bench.taskNow(id)).status).toBe('created')
  })

  it('success: a native task that is to stay queued is handed to nobody until it is enqueued again', async () => {
    const { id, queue } = await bench.queuedNative()
    await bench.ok('tasks.dequeue', { task: id, new_status: 'queued' })
    expect(await bench.taskNow(id)).toMatchObject({ status: 'queued', withdrawn: true })
    await bench.ok('tasks.enqueue', { task: id, queue: queue.id })
    expect(await bench.taskNow(id)).toMatchObject({ status: 'queued', withdrawn: false })
    expect(await bench.entriesOf(queue.id)).toEqual([id])
  })

  it('refusal: a native task whose job a worker holds stays with it, queued or running', async () => {
    const { id, queue } = await bench.queuedNative()
    const holder = await bench.holdFirst(queue.name)
    expect(await bench.codeOf('tasks.dequeue', { task: id })).toBe('400/110')
    expect((await bench.taskNow(id)).status).toBe('queued')
    await holder.letGo()
    await bench.whileHeld(async (running) => {
      expect(await bench.codeOf('tasks.dequeue', { task: running.id, new_status: 'in_progress' })).toBe('400/110')
      expect((await bench.taskNow(running.id)).status).toBe('in_progress')
    })
  })

  it('refusal: a public task is nobody’s to dequeue', async () => {
    const [, , ofPublic] = await bench.codesWhereNotOwn('tasks.dequeue', (task) => ({ task }))
    expect(ofPublic).toBe('403/21')
  })

  it('wrong input: a task that is missing or no text, or a status that there is not, is refused', async () => {
    const task = await bench.taskIn('queued')
    for (const body of [{}, { task: 1 }, { task, new_status: 'done' }]) {
      expect(await bench.codeOf('tasks.dequeue', body)).toBe('400/12')
    }
    expect((await bench.taskNow(task)).status).toBe('queued')
  })
})
