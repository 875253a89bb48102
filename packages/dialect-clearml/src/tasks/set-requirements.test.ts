import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { embedScript, expectOwnOnly, makeTask, readTask, setStatus } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('tasks.set_requirements', () => {
  it('success: replaces the requirements as a whole in any status, and counts as an update', async () => {
    const task = await makeTask(clearml, { script: { repository: 'r', requirements: { pip: ['a'] } } })
    await setStatus(clearml, task, 'completed')
    const before = await readTask(clearml, task)
    const answer = await clearml.ok('tasks.set_requirements', { task, requirements: { conda: 'b' } })
    expect(answer).toEqual({ updated: 1, fields: { 'script.requirements': { conda: 'b' } } })
    const after = await readTask(clearml, task)
    expect(after.script).toEqual({ ...before.script, requirements: { conda: 'b' } })
    expect(Date.parse(after.last_update)).toBeGreaterThanOrEqual(Date.parse(before.last_update))
  })

  it('success: a task that was made without a script has an empty one; a job stays a job', async () => {
    const plain = await makeTask(clearml)
    const job = await makeTask(clearml, { script: embedScript })
    for (const task of [plain, job]) await clearml.ok('tasks.set_requirements', { task, requirements: { pip: 'a' } })
    expect((await readTask(clearml, plain)).script.requirements).toEqual({ pip: 'a' })
    expect((await readTask(clearml, job)).script).toMatchObject({ ...embedScript, requirements: { pip: 'a' } })
  })

  it('refusal: a task whose script was cleared away', async () => {
    const task = await makeTask(clearml)
    await clearml.services.tasks.changeTask(clearml.company, task, () => ({ set: { script: null } }))
    const answer = await clearml.call('tasks.set_requirements', { task, requirements: {} })
    expect(answer).toMatchObject({ status: 400, subcode: 122 })
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    await expectOwnOnly(clearml, 'tasks.set_requirements', (task) => ({ task, requirements: {} }))
  })

  it('wrong input: requirements that are missing or no object', async () => {
    const task = await makeTask(clearml)
    for (const requirements of [undefined, 'pip', ['pip']]) {
      expect(await clearml.call('tasks.set_requirements', { task, requirements })).toMatchObject({
        status: 400,
        subcode: 12,
      })
    }
  })
})
