import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { expectOwnOnly, makeTask, readTask, setStatus } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const add = (task: string, fields: object) =>
  clearml.call('tasks.add_or_update_model', { task, name: 'net', model: 'm1', type: 'output', ...fields })

describe('tasks.add_or_update_model', () => {
  it('success: appends a model, and replaces one of the same name in its place', async () => {
    const task = await makeTask(clearml)
    for (const name of ['net', 'other']) expect(await add(task, { name })).toMatchObject({ data: { updated: 1 } })
    await add(task, { model: 'm2' })
    await add(task, { type: 'input', model: 'm3' })
    const updated = expect.stringMatching(/\+00:00$/)
    expect((await readTask(clearml, task)).models).toEqual({
      input: [{ name: 'net', model: 'm3', updated }],
      output: [
        { name: 'net', model: 'm2', updated },
        { name: 'other', model: 'm1', updated },
      ],
    })
  })

  it('success: keeps the last iteration, which never falls', async () => {
    const task = await makeTask(clearml)
    for (const iteration of [5, '7', 3]) await add(task, { iteration })
    expect((await readTask(clearml, task)).last_iteration).toBe(7)
  })

  it('success: is a sign of life of a task in progress', async () => {
    const task = await makeTask(clearml)
    const longAgo = { startedAt: new Date(Date.now() - 90_000), status: 'in_progress' } as const
    await clearml.services.tasks.changeTask(clearml.company, task, () => ({ set: longAgo }))
    expect(await add(task, {})).toMatchObject({ status: 200 })
    expect((await readTask(clearml, task)).active_duration).toBeGreaterThanOrEqual(90)
  })

  it('refusal: a task that is neither a draft nor in progress', async () => {
    const task = await makeTask(clearml)
    await setStatus(clearml, task, 'completed')
    expect(await add(task, {})).toMatchObject({ status: 400, subcode: 110 })
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    const model = { name: 'net', model: 'm1', type: 'output' }
    await expectOwnOnly(clearml, 'tasks.add_or_update_model', (task) => ({ task, ...model }))
  })

  it.each([
    ['no name', { name: undefined }],
    ['no model', { model: null }],
    ['an unknown type', { type: 'both' }],
    ['an iteration that is no whole number', { iteration: 1.5 }],
  ])('wrong input: %s', async (_what, fields) => {
    expect(await add(await makeTask(clearml), fields)).toMatchObject({ status: 400, subcode: 12 })
  })
})
