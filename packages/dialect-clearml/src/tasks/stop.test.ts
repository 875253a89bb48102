import { beforeAll, describe, expect, it } from 'vitest'
import { later, type StatusBench, startStatuses, whereNotOwn } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

/** As an agent that has just reported leaves it. */
const runByAgent = { worker: 'agent:0' }

describe('tasks.stop', () => {
  it('success: a task that an agent runs is asked to stop: its status stays, its message says so', async () => {
    const task = await bench.taskIn('in_progress', runByAgent)
    await bench.ok('tasks.ping', { task })
    const { updated, fields } = await bench.ok('tasks.stop', { task, status_reason: 'why', status_message: 'ignored' })
    expect(updated).toBe(1)
    expect(fields).toMatchObject({ status: 'in_progress', status_message: 'stopping', status_reason: 'why' })
    expect(await bench.taskNow(task)).toMatchObject({ status: 'in_progress', statusMessage: 'stopping' })
  })

  it('success: one whose agent has been silent for ten minutes is stopped at once, in the caller’s name', async () => {
    const task = await bench.taskIn('in_progress', runByAgent)
    const { fields } = await later(601, () => bench.ok('tasks.stop', { task, status_message: 'ignored' }))
    expect(fields).toMatchObject({ status: 'stopped', status_message: `Stopped by ${bench.user.name}` })
    expect(fields).not.toHaveProperty('completed')
    expect((await bench.taskNow(task)).completedAt).toBeNull()
  })

  it('success: one whose agent was heard of nine minutes ago is asked', async () => {
    const task = await bench.taskIn('in_progress', runByAgent)
    const { fields } = await later(540, () => bench.ok('tasks.stop', { task }))
    expect(fields.status_message).toBe('stopping')
  })

  it('success: one that no agent ever took is stopped at once', async () => {
    const task = await bench.taskIn('in_progress')
    await bench.ok('tasks.stop', { task })
    expect((await bench.taskNow(task)).status).toBe('stopped')
  })

  it('success: one that somebody runs from their own machine is stopped at once', async () => {
    const task = await bench.taskIn('in_progress', { ...runByAgent, systemTags: ['development'] })
    await bench.ok('tasks.ping', { task })
    await bench.ok('tasks.stop', { task })
    expect((await bench.taskNow(task)).status).toBe('stopped')
  })

  it('success: one that waits is stopped and leaves its line, also when an agent ran it before', async () => {
    const queue = await bench.newQueue()
    const [task = '', other = ''] = await bench.waiting(queue.id, 2)
    await bench.services.tasks.changeTask(bench.company, task, () => ({ set: runByAgent }))
    await bench.ok('tasks.stop', { task })
    expect(await bench.taskNow(task)).toMatchObject({
      status: 'stopped',
      statusMessage: `Stopped by ${bench.user.name}`,
    })
    expect(await bench.entriesOf(queue.id)).toEqual([other])
  })

  it('success: a native task that waits is stopped and its job leaves the line', async () => {
    const { id, queue } = await bench.queuedNative()
    const { fields } = await bench.ok('tasks.stop', { task: id })
    expect(fields).toMatchObject({ status: 'stopped', status_message: `Stopped by ${bench.user.name}` })
    expect(await bench.entriesOf(queue.id)).toEqual([])
  })

  it('success: of a native task that runs it is a request, whatever it is tagged, and the same again asks no more', async () => {
    await bench.whileHeld(async ({ id }) => {
      const { fields } = await bench.ok('tasks.stop', { task: id })
      expect(fields).toMatchObject({ status: 'in_progress', status_message: 'stopping' })
      const { updatedAt } = await bench.taskNow(id)
      expect((await bench.ok('tasks.stop', { task: id })).fields.status_message).toBe('stopping')
      expect((await bench.taskNow(id)).updatedAt).toEqual(updatedAt)
    })
  })

  it('success: with force a draft is stopped', async () => {
    const task = await bench.agentsTask()
    await bench.ok('tasks.stop', { task, force: true })
    expect((await bench.taskNow(task)).status).toBe('stopped')
  })

  it('success: the unfinished steps of a controller are stopped with it on demand, the finished stay', async () => {
    const task = await bench.agentsTask({ type: 'controller' })
    const steps = [await bench.agentsTask({ parent: task }), await bench.agentsTask({ parent: task })] as const
    for (const id of [task, ...steps]) await bench.ok('tasks.started', { task: id })
    await bench.ok('tasks.completed', { task: steps[1] })
    const statuses = () => Promise.all(steps.map(async (id) => (await bench.taskNow(id)).status))
    await bench.ok('tasks.stop', { task })
    expect(await statuses()).toEqual(['in_progress', 'completed'])
    await bench.ok('tasks.stop', { task, include_pipeline_steps: true })
    expect(await statuses()).toEqual(['stopped', 'completed'])
  })

  it('refusal: a completed task has nothing to stop', async () => {
    expect(await bench.codeOf('tasks.stop', { task: await bench.taskIn('completed') })).toBe('400/110')
  })

  it('refusal: a task that is not the caller’s is not stopped', async () => {
    expect(await bench.codesWhereNotOwn('tasks.stop', (task) => ({ task }))).toEqual(whereNotOwn)
  })

  it('wrong input: a task that is missing or no text is refused', async () => {
    expect(await bench.codeOf('tasks.stop', {})).toBe('400/12')
    expect(await bench.codeOf('tasks.stop', { task: 1 })).toBe('400/12')
  })
})
