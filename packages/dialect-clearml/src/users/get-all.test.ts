import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
  const { company, store } = clearml
  for (const name of ['Ada', 'Bob', 'Cy']) await store.users.createUser({ company, name, role: 'user' })
})

const names = async (body: object): Promise<string[]> =>
  (await clearml.ok('users.get_all', { order_by: ['name'], ...body })).users.map(({ name }: { name: string }) => name)

describe('users.get_all', () => {
  it('success: lists whole users of one’s own company, or the fields that are asked for', async () => {
    await clearml.another({ company: 'new' })
    expect(await names({})).toEqual(['Ada', 'Bob', 'Cy', clearml.user.name])
    const { users } = await clearml.ok('users.get_all', { id: [clearml.user.id] })
    expect(users).toEqual([(await clearml.ok('users.get_by_id', { user: clearml.user.id })).user])
    const some = await clearml.ok('users.get_all', { name: '^Ada$', only_fields: ['name', 'role'] })
    expect(some.users).toEqual([{ id: expect.any(String), name: 'Ada', role: 'user' }])
  })

  it('success: finds by name and id, orders and pages', async () => {
    expect(await names({ name: '^[AB]' })).toEqual(['Ada', 'Bob'])
    expect(await names({ id: [clearml.user.id, 'nobody'] })).toEqual([clearml.user.name])
    expect(await names({ order_by: ['-name'], page: 1, page_size: 2 })).toEqual(['Bob', 'Ada'])
  })

  it('refusal: who belongs to another company is not there', async () => {
    const other = await clearml.another({ company: 'new' })
    expect(await other.ok('users.get_all', { id: [clearml.user.id] })).toEqual({ users: [] })
    expect(await other.ok('users.get_all', { name: 'Ada' })).toEqual({ users: [] })
  })

  it('wrong input: malformed conditions are refused', async () => {
    const code = async (body: object) => (await clearml.call('users.get_all', body)).subcode
    expect(await code({ name: '(' })).toBe(21)
    expect(await code({ name: 1 })).toBe(12)
    expect(await code({ id: [1] })).toBe(16)
    expect(await code({ only_fields: ['password'] })).toBe(14)
    expect(await code({ page: -1 })).toBe(12)
  })
})
