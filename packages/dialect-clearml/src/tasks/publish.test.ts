import { newTaskId } from '@inferq/domain'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { type StatusBench, startStatuses, whereNotOwn } from './status.fixture.ts'

let bench: StatusBench
beforeAll(async () => {
  bench = await startStatuses()
})

describe('tasks.publish', () => {
  it('success: the task is published now, with its output as it is', async () => {
    const task = await bench.taskIn('completed', { output: { destination: 's3://bucket' } })
    const { updated, fields } = await bench.ok('tasks.publish', { task, status_reason: 'good' })
    expect(updated).toBe(1)
    expect(fields).toMatchObject({
      ...{ status: 'published', status_reason: 'good', published: expect.any(String) },
      output: { destination: 's3://bucket' },
    })
    expect((await bench.taskNow(task)).publishedAt).toBeInstanceOf(Date)
  })

  it('success: the last model that it made is published with it, and only that one', async () => {
    const [first, last] = [await bench.draftModel(), await bench.draftModel()]
    const output = [first, last].map((model) => ({ name: model, model }))
    const task = await bench.taskIn('completed', { models: { input: [], output } })
    await bench.ok('tasks.publish', { task })
    expect(await bench.readyOf([first, last])).toEqual([false, true])
  })

  it('success: publish_model false leaves its models as they are', async () => {
    const model = await bench.draftModel()
    const task = await bench.taskIn('completed', { models: { input: [], output: [{ name: 'm', model }] } })
    await bench.ok('tasks.publish', { task, publish_model: false })
    expect(await bench.readyOf([model])).toEqual([false])
  })

  it('success: a model that is no more does not stand in the way', async () => {
    const models = { input: [], output: [{ name: 'm', model: newTaskId() }] }
    const task = await bench.taskIn('completed', { models })
    await bench.ok('tasks.publish', { task })
    expect((await bench.taskNow(task)).status).toBe('published')
  })

  it('refusal: when its model cannot be published, the task is what it was', async () => {
    const models = { input: [], output: [{ name: 'm', model: await bench.draftModel() }] }
    const task = await bench.taskIn('completed', { models, statusReason: 'as it was' })
    const broken = vi.spyOn(bench.ports.models, 'changeModel').mockRejectedValueOnce(new Error('no'))
    expect(await bench.codeOf('tasks.publish', { task })).toBe('500/0')
    broken.mockRestore()
    expect(await bench.taskNow(task)).toMatchObject({
      status: 'completed',
      statusReason: 'as it was',
      publishedAt: null,
    })
  })

  it('refusal: a published task is not published again', async () => {
    expect(await bench.codeOf('tasks.publish', { task: await bench.taskIn('published') })).toBe('400/110')
  })

  it('refusal: a task that is not the caller’s is not published', async () => {
    expect(await bench.codesWhereNotOwn('tasks.publish', (task) => ({ task }))).toEqual(whereNotOwn)
  })

  it('wrong input: a task that is missing or no text is refused', async () => {
    expect(await bench.codeOf('tasks.publish', {})).toBe('400/12')
    expect(await bench.codeOf('tasks.publish', { task: 1 })).toBe('400/12')
  })
})
