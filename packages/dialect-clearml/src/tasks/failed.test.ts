import { beforeAll, describe, expect, it } from 'vitest'
import { type StatusBench, startStatuses, whereNotOwn } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.failed', () => {
  it('success: the task has failed, and says why; when it completed is not set', async () => {
    const task = await bench.taskIn('in_progress')
    const { updated, fields } = await bench.ok('tasks.failed', { task, status_reason: 'broke', status_message: 'how' })
    expect(updated).toBe(1)
    expect(fields).toMatchObject({ status: 'failed', status_reason: 'broke', status_message: 'how' })
    expect(fields).not.toHaveProperty('completed')
    expect(await bench.taskNow(task)).toMatchObject({ status: 'failed', completedAt: null })
  })

  it('success: a native task that runs has failed at once; what its worker reports later changes nothing', async () => {
    await bench.whileHeld(async ({ id }) => {
      await bench.ok('tasks.failed', { task: id })
      await bench.reportSuccess(id)
      expect((await bench.taskNow(id)).status).toBe('failed')
    })
  })

  it('refusal: a completed task does not fail', async () => {
    expect(await bench.codeOf('tasks.failed', { task: await bench.taskIn('completed') })).toBe('400/110')
  })

  it('refusal: a task that is not the caller’s does not fail', async () => {
    expect(await bench.codesWhereNotOwn('tasks.failed', (task) => ({ task }))).toEqual(whereNotOwn)
  })

  it('wrong input: a task that is missing or no text is refused', async () => {
    expect(await bench.codeOf('tasks.failed', {})).toBe('400/12')
    expect(await bench.codeOf('tasks.failed', { task: 7 })).toBe('400/12')
  })
})
