import { beforeAll, describe, expect, it } from 'vitest'
import { unknownId } from '../queues/queues.fixture.ts'
import { type StatusBench, startStatuses, whereNotOwn } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.archive', () => {
  it('success: puts tasks away under a system tag, with the words of the request or none', async () => {
    const [one, other] = [await bench.taskIn('completed', { statusReason: 'old' }), await bench.agentsTask()]
    expect(await bench.ok('tasks.archive', { tasks: [one, other], status_message: 'away' })).toEqual({ archived: 2 })
    expect(await bench.taskNow(one)).toMatchObject({
      ...{ status: 'completed', systemTags: ['archived'], statusReason: '', statusMessage: 'away' },
    })
  })

  it('success: does not count as an update of the work, nor as a change of status', async () => {
    const id = await bench.taskIn('completed')
    const before = await bench.taskNow(id)
    await bench.ok('tasks.archive', { tasks: [id] })
    const { updatedAt, statusChangedAt } = await bench.taskNow(id)
    expect({ updatedAt, statusChangedAt }).toEqual({
      updatedAt: before.updatedAt,
      statusChangedAt: before.statusChangedAt,
    })
  })

  it('success: counts a task that was archived before', async () => {
    const id = await bench.agentsTask()
    await bench.ok('tasks.archive', { tasks: [id] })
    expect(await bench.ok('tasks.archive', { tasks: [id] })).toEqual({ archived: 1 })
    expect((await bench.taskNow(id)).systemTags).toEqual(['archived'])
  })

  it('success: a task that waits leaves all queues and is what it was before', async () => {
    const [queue, second] = [await bench.newQueue(), await bench.newQueue()]
    const id = await bench.taskIn('stopped')
    await bench.enqueue(id, queue.id)
    await bench.ok('queues.add_task', { queue: second.id, task: id })
    await bench.ok('tasks.archive', { tasks: [id] })
    expect((await bench.taskNow(id)).status).toBe('stopped')
    expect([await bench.entriesOf(queue.id), await bench.entriesOf(second.id)]).toEqual([[], []])
  })

  it('success: a task that runs has stopped', async () => {
    const id = await bench.taskIn('in_progress', { worker: 'agent:0' })
    await bench.ok('tasks.archive', { tasks: [id] })
    expect((await bench.taskNow(id)).status).toBe('stopped')
  })

  it('success: the job of a native task that waits leaves its line; one that runs ends', async () => {
    const { id, queue } = await bench.queuedNative()
    await bench.ok('tasks.archive', { tasks: [id] })
    expect((await bench.taskNow(id)).status).toBe('created')
    expect(await bench.entriesOf(queue.id)).toEqual([])
    await bench.whileHeld(async (running) => {
      await bench.ok('tasks.archive', { tasks: [running.id] })
      await bench.reportSuccess(running.id)
      expect((await bench.taskNow(running.id)).status).toBe('stopped')
    })
  })

  it('success: the steps of a controller go with it on demand', async () => {
    const id = await bench.agentsTask({ type: 'controller' })
    const step = await bench.agentsTask({ parent: id })
    await bench.ok('tasks.archive', { tasks: [id] })
    expect((await bench.taskNow(step)).systemTags).toEqual([])
    await bench.ok('tasks.archive', { tasks: [id], include_pipeline_steps: true })
    expect((await bench.taskNow(step)).systemTags).toEqual(['archived'])
  })

  it('refusal: one unknown task fails the whole call before anything is changed', async () => {
    const id = await bench.agentsTask()
    expect(await bench.codeOf('tasks.archive', { tasks: [id, unknownId] })).toBe('400/101')
    expect((await bench.taskNow(id)).systemTags).toEqual([])
  })

  it('refusal: a native task whose job a worker has just taken is not archived under its hands', async () => {
    const { id, queue } = await bench.queuedNative()
    const holder = await bench.holdFirst(queue.name)
    expect(await bench.codeOf('tasks.archive', { tasks: [id] })).toBe('400/110')
    await holder.letGo()
  })

  it('refusal: a task that is not the caller’s is not archived', async () => {
    expect(await bench.codesWhereNotOwn('tasks.archive', (id) => ({ tasks: [id] }))).toEqual(whereNotOwn)
  })

  it('wrong input: a list that is missing, empty or holds no texts is refused', async () => {
    for (const body of [{}, { tasks: [] }, { tasks: [1] }, { ids: ['x'] }]) {
      expect(await bench.codeOf('tasks.archive', body)).toBe('400/12')
    }
  })
})
