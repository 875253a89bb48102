import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const names = async (body: object): Promise<string[]> =>
  (await clearml.ok('users.get_all_ex', { order_by: ['name'], ...body })).users.map(
    ({ name }: { name: string }) => name,
  )

describe('users.get_all_ex', () => {
  it('success: has the company as an object, as deep as it is asked for', async () => {
    const id = [clearml.user.id]
    const { user } = await clearml.ok('users.get_by_id', { user: clearml.user.id })
    const { users } = await clearml.ok('users.get_all_ex', { id })
    expect(users).toEqual([{ ...user, company: { id: clearml.company } }])
    expect((await clearml.ok('users.get_all_ex', { id, only_fields: ['company.name'] })).users).toEqual([
      { id: clearml.user.id, company: { id: clearml.company, name: clearml.user.companyName } },
    ])
  })

  it('success: finds who is at work in projects or below them, or in any', async () => {
    const [worker, idle] = [await clearml.another(), await clearml.another()]
    const project = (await clearml.ok('projects.create', { name: 'at work/below' })).id
    const empty = (await clearml.ok('projects.create', { name: 'nobody yet' })).id
    const { parent } = (await clearml.ok('projects.get_by_id', { project })).project
    await worker.ok('tasks.create', { name: 'a task', type: 'training', project })
    const both = [clearml.user.name, worker.user.name]
    expect(await names({ active_in_projects: [project] })).toEqual(both)
    expect(await names({ active_in_projects: [parent] })).toEqual(both)
    expect(await names({ active_in_projects: [empty] })).toEqual([clearml.user.name])
    expect(await names({ active_in_projects: ['f'.repeat(32)] })).toEqual([])
    expect(await names({ active_in_projects: [] })).toEqual(both)
    expect(await names({ active_in_projects: [], id: [worker.user.id, idle.user.id] })).toEqual([worker.user.name])
    expect(await names({})).toContain(idle.user.name)
  })

  it('refusal: who belongs to another company is not there, however active', async () => {
    const other = await clearml.another({ company: 'new' })
    expect(await other.ok('users.get_all_ex', { id: [clearml.user.id] })).toEqual({ users: [] })
    expect(await other.ok('users.get_all_ex', { active_in_projects: [] })).toEqual({ users: [] })
  })

  it('wrong input: malformed conditions are refused', async () => {
    const code = async (body: object) => (await clearml.call('users.get_all_ex', body)).subcode
    expect(await code({ active_in_projects: [1] })).toBe(12)
    expect(await code({ name: '(' })).toBe(21)
    expect(await code({ only_fields: ['nothing'] })).toBe(14)
  })
})
