import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { embedScript, makePublicTask, makeTask, readTask, setStatus, unknownTask } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('tasks.make_public', () => {
  it('success: shows a task to every company, and nobody can change it', async () => {
    const id = await makeTask(clearml)
    expect(await clearml.ok('tasks.make_public', { ids: [id] })).toEqual({ updated: 1 })
    const other = await clearml.another({ company: 'new' })
    expect(await readTask(other, id)).toMatchObject({ id, company: '' })
    expect(await clearml.call('tasks.edit', { task: id, name: 'renamed' })).toMatchObject({ status: 403, subcode: 21 })
  })

  it("refusal: an unknown task, another company's, or one that is public, and no task becomes public", async () => {
    const own = await makeTask(clearml)
    const other = await clearml.another({ company: 'new' })
    for (const id of [unknownTask, await makeTask(other), await makePublicTask(clearml)]) {
      expect(await clearml.call('tasks.make_public', { ids: [own, id] })).toMatchObject({ status: 400, subcode: 101 })
    }
    expect((await readTask(clearml, own)).company).toBe(clearml.company)
  })

  it("refusal: a job that waits or runs stays in its company's line", async () => {
    const id = await makeTask(clearml, { script: embedScript })
    await setStatus(clearml, id, 'in_progress')
    expect(await clearml.call('tasks.make_public', { ids: [id] })).toMatchObject({ status: 400, subcode: 110 })
  })

  it('wrong input: no ids', async () => {
    for (const ids of [undefined, [], 'id']) {
      expect(await clearml.call('tasks.make_public', { ids })).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
