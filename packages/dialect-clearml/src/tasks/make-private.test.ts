import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { makePublicTask, makeTask, readTask, unknownTask } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('tasks.make_private', () => {
  it('success: takes a public task back to the company that made it public', async () => {
    const id = await makePublicTask(clearml)
    expect(await clearml.ok('tasks.make_private', { ids: [id] })).toEqual({ updated: 1 })
    expect((await readTask(clearml, id)).company).toBe(clearml.company)
    const other = await clearml.another({ company: 'new' })
    expect(await other.call('tasks.get_by_id', { task: id })).toMatchObject({ status: 400, subcode: 101 })
  })

  it('refusal: an unknown task, a private one, or one that another company made public, and all stay public', async () => {
    const ours = await makePublicTask(clearml)
    const other = await clearml.another({ company: 'new' })
    for (const id of [unknownTask, await makeTask(clearml), await makePublicTask(other)]) {
      expect(await clearml.call('tasks.make_private', { ids: [ours, id] })).toMatchObject({ status: 400, subcode: 101 })
    }
    expect((await readTask(clearml, ours)).company).toBe('')
  })

  it('wrong input: no ids', async () => {
    for (const ids of [undefined, [], 'id']) {
      expect(await clearml.call('tasks.make_private', { ids })).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
