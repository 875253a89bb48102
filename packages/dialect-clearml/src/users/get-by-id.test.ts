import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('users.get_by_id', () => {
  it('success: shows a user of one’s own company', async () => {
    const { company, store } = clearml
    const person = {
      name: 'Ada of tests',
      email: 'ada@example.org',
      givenName: 'Ada',
      familyName: 'L.',
      avatar: 'a.png',
    }
    const user = await store.users.createUser({ company, role: 'user', ...person })
    expect(await clearml.ok('users.get_by_id', { user: user?.id })).toEqual({
      user: {
        ...{ id: user?.id, name: 'Ada of tests', company, role: 'user', email: 'ada@example.org' },
        ...{ given_name: 'Ada', family_name: 'L.', avatar: 'a.png' },
        created: expect.stringMatching(/\+00:00$/),
      },
    })
  })

  it('refusal: an unknown user and one of another company are equally absent', async () => {
    const other = await clearml.another({ company: 'new' })
    for (const user of [other.user.id, 'f'.repeat(32), 'nobody']) {
      expect(await clearml.call('users.get_by_id', { user })).toMatchObject({ status: 400, subcode: 301 })
    }
  })

  it('wrong input: a user that is missing or no text is refused', async () => {
    for (const body of [{}, { user: 1 }]) {
      expect(await clearml.call('users.get_by_id', body)).toMatchObject({ status: 400, subcode: 12 })
    }
  })
})
