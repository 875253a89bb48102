import { recoverOrphans } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type StatusBench, startStatuses, whereNotOwn } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.started', () => {
  it('success: the task is in progress since now, and the answer lists what was set', async () => {
    const task = await bench.agentsTask()
    const answer = await bench.ok('tasks.started', { task, status_reason: 'why', status_message: 'what' })
    const now = await bench.taskNow(task)
    expect(now).toMatchObject({ status: 'in_progress', statusReason: 'why', statusMessage: 'what' })
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+\+00:00$/)
    expect(answer).toEqual({
      started: 1,
      updated: 1,
      fields: {
        ...{ status: 'in_progress', status_reason: 'why', status_message: 'what', status_changed: time },
        ...{ last_update: time, last_change: time, last_changed_by: bench.user.id, started: time },
      },
    })
  })

  it('success: without words of the request the earlier ones are gone', async () => {
    const task = await bench.taskIn('stopped', { statusReason: 'old', statusMessage: 'old' })
    const { fields } = await bench.ok('tasks.started', { task })
    expect(fields).toMatchObject({ status_reason: '', status_message: '' })
  })

  it('success: a second start keeps the time of the first, and does not list it', async () => {
    const task = await bench.agentsTask()
    await bench.ok('tasks.started', { task })
    const { startedAt } = await bench.taskNow(task)
    const { fields } = await bench.ok('tasks.started', { task })
    expect(fields).not.toHaveProperty('started')
    expect((await bench.taskNow(task)).startedAt).toEqual(startedAt)
  })

  it('success: the task stays in line, and what it was before the enqueue is still known', async () => {
    const queue = await bench.newQueue()
    const [task = ''] = await bench.waiting(queue.id, 1)
    await bench.ok('tasks.started', { task })
    expect(await bench.entriesOf(queue.id)).toEqual([task])
    expect((await bench.taskNow(task)).enqueueStatus).toBe('created')
  })

  it('success: the lease of the agent that took it ends, so it is not given out again', async () => {
    const queue = await bench.newQueue()
    const [task = ''] = await bench.waiting(queue.id, 1)
    await bench.ok('queues.get_next_task', { queue: queue.id })
    expect((await bench.taskNow(task)).leaseUntil).not.toBeNull()
    await bench.ok('tasks.started', { task, force: true })
    expect((await bench.taskNow(task)).leaseUntil).toBeNull()
  })

  it('success: a native task that waits keeps its job, and the outcome of its worker is recorded', async () => {
    const { id, queue } = await bench.queuedNative()
    await bench.ok('tasks.started', { task: id })
    expect(await bench.entriesOf(queue.id)).toEqual([id])
    await bench.reportSuccess(id)
    expect(await bench.taskNow(id)).toMatchObject({ status: 'completed', result: '{"n":1}' })
  })

  it('success: a native task that does not wait is its starter’s own run: no worker ends it, nobody puts it in line', async () => {
    const { id, queue } = await bench.queuedNative()
    await bench.ok('tasks.stopped', { task: id })
    const { run } = await bench.taskNow(id)
    await bench.ok('tasks.started', { task: id })
    await bench.reportSuccess(id, run)
    await recoverOrphans(bench.ports, { olderThanMs: 0, outcomesRecorded: async () => true })
    expect(await bench.taskNow(id)).toMatchObject({ status: 'in_progress', run: run + 1 })
    expect(await bench.entriesOf(queue.id)).toEqual([])
  })

  it('refusal: a closed task is not started', async () => {
    expect(await bench.codeOf('tasks.started', { task: await bench.taskIn('closed') })).toBe('400/110')
  })

  it('refusal: a task that is not the caller’s is not started', async () => {
    expect(await bench.codesWhereNotOwn('tasks.started', (task) => ({ task }))).toEqual(whereNotOwn)
  })

  it('wrong input: a task that is missing or no text is refused', async () => {
    expect(await bench.codeOf('tasks.started', {})).toBe('400/12')
    expect(await bench.codeOf('tasks.started', { task: 1 })).toBe('400/12')
    expect(await bench.codeOf('tasks.started', { task: 'x', status_reason: 1 })).toBe('400/12')
  })
})
