import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('users.get_current_user', () => {
  it('success: shows the caller, newer clients more', async () => {
    const answer = await clearml.ok('users.get_current_user')
    expect(answer).toEqual({
      user: {
        id: clearml.user.id,
        name: clearml.user.name,
        company: { id: clearml.company, name: clearml.user.companyName },
        role: 'admin',
        created: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\+00:00$/),
        preferences: {},
      },
      getting_started: {},
      settings: { max_download_items: expect.any(Number) },
    })
    expect(Object.keys(await clearml.ok('users.get_current_user', {}, { version: '2.19' }))).toEqual(['user'])
  })

  it('refusal: nobody is nobody', async () => {
    expect(codes(await clearml.call('users.get_current_user', {}, { headers: anonymous }))).toBe('401/20')
  })

  it('wrong input: a body that is no object', async () => {
    expect(codes(await clearml.call('users.get_current_user', undefined, { raw: '7' }))).toBe('500/0')
  })
})
