import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { expectOwnOnly, makeTask, readTask } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('tasks.update_tags', () => {
  it('success: adds first, then removes, user tags only, and is no update of the work', async () => {
    const ids = [await makeTask(clearml, { tags: ['a', 'b'], system_tags: ['b'] }), await makeTask(clearml)]
    const before = await readTask(clearml, ids[0] as string)
    expect(await clearml.ok('tasks.update_tags', { ids, add_tags: ['d', 'c'], remove_tags: ['b', 'd'] })).toEqual({
      updated: 4,
    })
    const after = await readTask(clearml, ids[0] as string)
    expect(after).toMatchObject({ tags: ['a', 'c'], system_tags: ['b'], last_update: before.last_update })
    expect((await readTask(clearml, ids[1] as string)).tags).toEqual(['c'])
  })

  it('success: counts each task once for each list that is given', async () => {
    const id = await makeTask(clearml)
    expect(await clearml.ok('tasks.update_tags', { ids: [id, id], add_tags: ['a'] })).toEqual({ updated: 1 })
    expect(await clearml.ok('tasks.update_tags', { ids: [id], remove_tags: ['nothing'] })).toEqual({ updated: 1 })
  })

  it('success: tags that many add at once all stay', async () => {
    const id = await makeTask(clearml)
    const tags = Array.from({ length: 10 }, (_, index) => `tag ${index}`)
    await Promise.all(tags.map((tag) => clearml.ok('tasks.update_tags', { ids: [id], add_tags: [tag] })))
    expect((await readTask(clearml, id)).tags).toEqual(tags)
  })

  it("refusal: an unknown task, another company's, and a public one, and no task is changed", async () => {
    await expectOwnOnly(clearml, 'tasks.update_tags', (task, own) => ({ ids: [own, task], add_tags: ['a'] }))
  })

  it.each([
    ['no ids', { ids: [], add_tags: ['a'] }, 12],
    ['no tags at all', { add_tags: [], remove_tags: null }, 12],
    ['a tag that is no text', { add_tags: [1] }, 12],
    ['a reserved tag', { add_tags: ['__$all'] }, 16],
  ])('wrong input: %s', async (_what, fields, subcode) => {
    const id = await makeTask(clearml)
    expect(await clearml.call('tasks.update_tags', { ids: [id], ...fields })).toMatchObject({ status: 400, subcode })
  })
})
