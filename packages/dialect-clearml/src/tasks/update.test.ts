import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { expectOwnOnly, makeProject, makeTask, readTask, setStatus, unknownTask } from '../testing/tasks.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('tasks.update', () => {
  it('success: notes what may be noted in any status, and answers it', async () => {
    const id = await makeTask(clearml)
    await setStatus(clearml, id, 'published')
    const before = await readTask(clearml, id)
    const project = await makeProject(clearml, 'update/a')
    const given = {
      name: 'renamed',
      comment: 'c',
      tags: ['b', 'a'],
      system_tags: ['archived'],
      project,
      status_message: 'm',
    }
    const { updated, fields } = await clearml.ok('tasks.update', { task: id, ...given, output__error: 'broken' })
    const after = await readTask(clearml, id)
    expect(updated).toBe(1)
    expect(after).toMatchObject({ ...given, tags: ['a', 'b'], output: { error: 'broken' }, status: 'published' })
    expect(after.last_update).toBe(before.last_update)
    expect(fields).toEqual({
      ...{ ...given, tags: ['a', 'b'], 'output.error': 'broken' },
      ...{ last_change: after.last_change, last_changed_by: clearml.user.id },
    })
  })

  it('success: sets the time at which the task was made', async () => {
    const id = await makeTask(clearml)
    const { fields } = await clearml.ok('tasks.update', { task: id, created: '2020-02-24T15:05:35.426770+00:00' })
    expect(fields.created).toBe('2020-02-24T15:05:35.426+00:00')
    expect((await readTask(clearml, id)).created).toBe('2020-02-24T15:05:35.426+00:00')
  })

  it('success: what cannot be noted is dropped, and nothing applicable changes nothing', async () => {
    const id = await makeTask(clearml)
    const before = await readTask(clearml, id)
    expect(
      await clearml.ok('tasks.update', { task: id, type: 'training', script: { branch: 'b' }, name: null }),
    ).toEqual({ updated: 0 })
    expect(await readTask(clearml, id)).toEqual(before)
  })

  it('success: a public project is taken, since only its existence is asked for', async () => {
    const project = await makeProject(clearml, 'update everybody', '')
    const id = await makeTask(clearml)
    expect(await clearml.ok('tasks.update', { task: id, project })).toMatchObject({ updated: 1, fields: { project } })
  })

  it("refusal: an unknown task, another company's, and a public one", async () => {
    await expectOwnOnly(clearml, 'tasks.update', (task) => ({ task, name: 'renamed' }))
  })

  it('refusal: an unknown project', async () => {
    const task = await makeTask(clearml)
    expect(await clearml.call('tasks.update', { task, project: unknownTask })).toMatchObject({
      status: 400,
      subcode: 16,
    })
  })

  it.each([
    ['no task', { task: undefined }, 12],
    ['a short name', { name: ' ab ' }, 800],
    ['a comment that is no text', { comment: 1 }, 12],
    ['a time that is none', { created: 'yesterday' }, 12],
    ['a reserved tag', { tags: ['__$not'] }, 16],
  ])('wrong input: %s', async (_what, fields, subcode) => {
    const task = await makeTask(clearml)
    expect(await clearml.call('tasks.update', { task, ...fields })).toMatchObject({ status: 400, subcode })
  })
})
