import { beforeAll, describe, expect, it } from 'vitest'
import { type StatusBench, startStatuses, whereNotOwn } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.close', () => {
  it('success: a stopped task is closed, and nothing but its status changes', async () => {
    const task = await bench.taskIn('stopped')
    const before = await bench.taskNow(task)
    const { updated, fields } = await bench.ok('tasks.close', { task })
    expect({ updated, status: fields.status }).toEqual({ updated: 1, status: 'closed' })
    const { status, statusChangedAt, updatedAt, changedBy, editedAt, ...now } = await bench.taskNow(task)
    expect(status).toBe('closed')
    expect(before).toMatchObject(now)
  })

  it('success: force closes a native task that waits, and its job leaves the line', async () => {
    const { id, queue } = await bench.queuedNative()
    await bench.ok('tasks.close', { task: id, force: true })
    expect(await bench.entriesOf(queue.id)).toEqual([])
  })

  it('refusal: a running task is not closed', async () => {
    expect(await bench.codeOf('tasks.close', { task: await bench.taskIn('in_progress') })).toBe('400/110')
  })

  it('refusal: a task that is not the caller’s is not closed', async () => {
    expect(await bench.codesWhereNotOwn('tasks.close', (task) => ({ task }))).toEqual(whereNotOwn)
  })

  it('wrong input: a task that is missing or no text is refused', async () => {
    expect(await bench.codeOf('tasks.close', {})).toBe('400/12')
    expect(await bench.codeOf('tasks.close', { task: false })).toBe('400/12')
  })
})
