import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { codes } from './auth.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const person = (more: object = {}) => ({ name: 'Ada', company: clearml.company, email: 'ada@example.com', ...more })

describe('auth.create_user', () => {
  it('success: makes a user of that company, an ordinary one unless said otherwise', async () => {
    const { id } = await clearml.ok('auth.create_user', person({ given_name: 'Ada', family_name: 'L', avatar: 'a' }))
    expect(await clearml.store.users.findUser(id)).toMatchObject({
      ...{ company: clearml.company, name: 'Ada', role: 'user', email: 'ada@example.com' },
      ...{ givenName: 'Ada', familyName: 'L', avatar: 'a' },
    })
    const guest = await clearml.ok('auth.create_user', person({ name: 'Guest', role: 'guest' }))
    expect(await clearml.store.users.findUser(guest.id)).toMatchObject({ role: 'guest' })
  })

  it('success: the system makes users of any company', async () => {
    const system = await clearml.another({ role: 'system', company: 'new' })
    const { id } = await system.ok('auth.create_user', person({ name: 'Made from afar', role: 'root' }))
    expect(await clearml.store.users.findUser(id)).toMatchObject({ company: clearml.company, role: 'root' })
  })

  it('refusal: a company that is unknown or not the caller’s, a name that is taken, a role above one’s own', async () => {
    const { company } = await clearml.another({ company: 'new' })
    const refusal = async (more: object) => codes(await clearml.call('auth.create_user', person(more)))
    expect(await refusal({ company: 'nowhere' })).toBe('400/10')
    expect(await refusal({ company })).toBe('400/10')
    expect(await refusal({ name: clearml.user.name })).toBe('400/801')
    expect(await refusal({ name: 'Root', role: 'root' })).toBe('403/20')
    const names = (await clearml.store.users.listUsers(clearml.company)).map(({ name }) => name)
    expect(names).not.toContain('Root')
  })

  it('refusal: an ordinary user makes none', async () => {
    const user = await clearml.another()
    expect(codes(await user.call('auth.create_user', person({ name: 'B' })))).toBe('403/20')
  })

  it('wrong input: a missing name, company or email, a role that is none, a name that is no text', async () => {
    const { company, email, name } = person()
    for (const body of [
      { company, email },
      { name, email },
      { name, company },
      person({ role: 'king' }),
      person({ name: 1 }),
    ]) {
      expect(codes(await clearml.call('auth.create_user', body))).toBe('400/12')
    }
  })
})
