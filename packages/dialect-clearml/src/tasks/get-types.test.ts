import { newTaskId } from '@inferq/domain'
import { describe, expect, it } from 'vitest'
import { anonymous } from '../auth/auth.fixture.ts'
import { startClearml } from '../testing/clearml.fixture.ts'
import { storeTask } from '../testing/stored-task.fixture.ts'

describe('tasks.get_types', () => {
  it('success: lists each type that tasks have once, also those of public tasks', async () => {
    const clearml = await startClearml()
    for (const type of ['training', 'qc', 'training']) await storeTask(clearml, { type })
    const other = await startClearml()
    await storeTask(other, { type: 'optimizer' }, { company: '', companyOrigin: other.company })
    await storeTask(other, { type: 'monitor' })
    const { types } = await clearml.ok('tasks.get_types')
    expect(types).toEqual(expect.arrayContaining(['optimizer', 'qc', 'training']))
    expect(types).not.toContain('monitor')
    expect(new Set(types).size).toBe(types.length)
  })

  it('success: projects restrict the answer; an empty list does not', async () => {
    const clearml = await startClearml()
    const owner = { company: clearml.company, user: clearml.user.id }
    const project = await clearml.store.projects.ensureProject(owner, 'with types')
    await storeTask(clearml, { type: 'qc', project: project.id })
    await storeTask(clearml, { type: 'service' })
    expect(await clearml.ok('tasks.get_types', { projects: [project.id] })).toEqual({ types: ['qc'] })
    const { types } = await clearml.ok('tasks.get_types', { projects: [] })
    expect(types).toEqual(expect.arrayContaining(['qc', 'service']))
  })

  it('refusal: unknown projects have no types, and nobody learns none', async () => {
    const clearml = await startClearml()
    expect(await clearml.ok('tasks.get_types', { projects: [newTaskId(), 'no id'] })).toEqual({ types: [] })
    expect(await clearml.call('tasks.get_types', {}, { headers: anonymous })).toMatchObject({
      status: 401,
      subcode: 20,
    })
  })

  it.each([[{ projects: 'a' }], [{ projects: [5] }]])('wrong input: %j', async (request) => {
    const clearml = await startClearml()
    expect(await clearml.call('tasks.get_types', request)).toMatchObject({ status: 400, subcode: 12 })
  })
})
