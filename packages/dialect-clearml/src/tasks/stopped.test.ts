import { beforeAll, describe, expect, it } from 'vitest'
import { type StatusBench, startStatuses, whereNotOwn } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.stopped', () => {
  it('success: the task has stopped now', async () => {
    const task = await bench.taskIn('in_progress')
    const answer = await bench.ok('tasks.stopped', { task, status_reason: 'USER ABORTED' })
    expect(answer).toMatchObject({ updated: 1, fields: { status: 'stopped', status_reason: 'USER ABORTED' } })
    const { status, completedAt } = await bench.taskNow(task)
    expect({ status, listed: answer.fields.completed }).toEqual({
      status: 'stopped',
      listed: completedAt?.toISOString().replace('Z', '+00:00'),
    })
  })

  it('success: a task that waits for agents stays in line, where the next one finds it queued again', async () => {
    const queue = await bench.newQueue()
    const [task = ''] = await bench.waiting(queue.id, 1)
    await bench.ok('tasks.stopped', { task })
    expect(await bench.entriesOf(queue.id)).toEqual([task])
    await bench.ok('queues.get_next_task', { queue: queue.id })
    expect((await bench.taskNow(task)).status).toBe('queued')
  })

  it('success: the job of a native task that waits leaves its line', async () => {
    const { id, queue } = await bench.queuedNative()
    await bench.ok('tasks.stopped', { task: id })
    expect(await bench.entriesOf(queue.id)).toEqual([])
    expect((await bench.taskNow(id)).status).toBe('stopped')
  })

  it('success: a native task that runs has stopped at once; what its worker reports later changes nothing', async () => {
    await bench.whileHeld(async ({ id }) => {
      await bench.ok('tasks.stopped', { task: id })
      await bench.reportSuccess(id)
      expect(await bench.taskNow(id)).toMatchObject({ status: 'stopped', result: null })
    })
  })

  it('refusal: a native task whose job a worker has just taken is not stopped under its hands', async () => {
    const { id, queue } = await bench.queuedNative()
    const holder = await bench.holdFirst(queue.name)
    expect(await bench.codeOf('tasks.stopped', { task: id })).toBe('400/110')
    expect((await bench.taskNow(id)).status).toBe('queued')
    await holder.letGo()
  })

  it('refusal: a draft has nothing to stop', async () => {
    expect(await bench.codeOf('tasks.stopped', { task: await bench.agentsTask() })).toBe('400/110')
  })

  it('refusal: a task that is not the caller’s is not stopped', async () => {
    expect(await bench.codesWhereNotOwn('tasks.stopped', (task) => ({ task }))).toEqual(whereNotOwn)
  })

  it('wrong input: a task that is missing or no text is refused', async () => {
    expect(await bench.codeOf('tasks.stopped', {})).toBe('400/12')
    expect(await bench.codeOf('tasks.stopped', { task: ['x'] })).toBe('400/12')
  })
})
