import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makePublicTask, makeTask, readTask, unknownTask } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const updateBatch = (lines: readonly object[]) =>
  clearml.call('tasks.update_batch', undefined, {
    raw: lines.map((line) => JSON.stringify(line)).join('\n'),
    headers: { 'content-type': 'application/json-lines' },
  })

describe('tasks.update_batch', () => {
  it('success: updates each task of the batch, by the last of its lines, and counts those that changed', async () => {
    const [one, other, untouched] = [await makeTask(clearml), await makeTask(clearml), await makeTask(clearml)]
    const answer = await updateBatch([
      { task: one, name: 'first', comment: 'dropped with its line' },
      { task: other, tags: ['t'] },
      { task: one, name: 'last' },
      { task: untouched, type: 'training' },
    ])
    expect(answer).toMatchObject({ status: 200, data: { updated: 2 } })
    expect(await readTask(clearml, one)).toMatchObject({ name: 'last' })
    expect(await readTask(clearml, one)).not.toHaveProperty('comment')
    expect(await readTask(clearml, other)).toMatchObject({ tags: ['t'] })
  })

  it('success: a plain object is a batch of one, and no body is a batch of none', async () => {
    const task = await makeTask(clearml)
    expect(await clearml.ok('tasks.update_batch', { task, name: 'renamed' })).toEqual({ updated: 1 })
    expect(await clearml.ok('tasks.update_batch')).toEqual({ updated: 0 })
  })

  it('refusal: one unknown task, and no task is changed', async () => {
    const task = await makeTask(clearml)
    const answer = await updateBatch([
      { task, name: 'renamed' },
      { task: unknownTask, name: 'renamed' },
    ])
    expect(answer).toMatchObject({ status: 400, subcode: 101 })
    expect((await readTask(clearml, task)).name).toBe('a task')
  })

  it('refusal: a public task', async () => {
    const task = await makePublicTask(clearml)
    expect(await updateBatch([{ task, name: 'renamed' }])).toMatchObject({ status: 403, subcode: 21 })
  })

  it.each([
    ['a line without a task', [{ name: 'renamed' }], 500, 0],
    ['a field of a wrong type', [{ tags: 'a' }], 400, 12],
    ['a short name', [{ name: 'ab' }], 400, 800],
  ])('wrong input: %s, and no task is changed', async (_what, [wrong], status, subcode) => {
    const task = await makeTask(clearml)
    const other = status === 500 ? undefined : await makeTask(clearml)
    expect(
      await updateBatch([
        { task, name: 'renamed' },
        { task: other, ...wrong },
      ]),
    ).toMatchObject({ status, subcode })
    expect((await readTask(clearml, task)).name).toBe('a task')
  })
})
