import { beforeAll, describe, expect, it } from 'vitest'
import { type StatusBench, startStatuses, whereNotOwn } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.completed', () => {
  it('success: the task has completed now, and is not published', async () => {
    const task = await bench.taskIn('in_progress')
    const answer = await bench.ok('tasks.completed', { task, status_reason: 'completed', force: false })
    expect(answer).toMatchObject({ updated: 1, published: 0, fields: { status: 'completed' } })
    expect(answer.fields.completed).toEqual(expect.any(String))
    expect(await bench.taskNow(task)).toMatchObject({ status: 'completed', completedAt: expect.any(Date) })
  })

  it('success: with publish it is published too, with the same reason', async () => {
    const task = await bench.taskIn('in_progress')
    const answer = await bench.ok('tasks.completed', { task, publish: true, status_reason: 'done' })
    expect(answer).toMatchObject({ updated: 1, published: 1, fields: { status: 'completed' } })
    expect(await bench.taskNow(task)).toMatchObject({
      ...{ status: 'published', statusReason: 'done' },
      ...{ completedAt: expect.any(Date), publishedAt: expect.any(Date) },
    })
  })

  it('success: force completes a draft and publishes it', async () => {
    const task = await bench.agentsTask()
    await bench.ok('tasks.completed', { task, publish: true, force: true })
    expect((await bench.taskNow(task)).status).toBe('published')
  })

  it('success: of a native task that runs the row says so at once, and its worker changes nothing more', async () => {
    await bench.whileHeld(async ({ id }) => {
      await bench.ok('tasks.completed', { task: id })
      await bench.reportSuccess(id)
      expect(await bench.taskNow(id)).toMatchObject({ status: 'completed', result: null })
    })
  })

  it('refusal: a failed task does not complete', async () => {
    expect(await bench.codeOf('tasks.completed', { task: await bench.taskIn('failed') })).toBe('400/110')
  })

  it('refusal: a task that is not the caller’s does not complete', async () => {
    expect(await bench.codesWhereNotOwn('tasks.completed', (task) => ({ task }))).toEqual(whereNotOwn)
  })

  it('wrong input: a task that is missing or no text is refused', async () => {
    expect(await bench.codeOf('tasks.completed', { publish: true })).toBe('400/12')
    expect(await bench.codeOf('tasks.completed', { task: {} })).toBe('400/12')
  })
})
