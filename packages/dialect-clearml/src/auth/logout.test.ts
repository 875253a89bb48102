import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { anonymous, codes, logIn } from './auth.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('auth.logout', () => {
  it('success: ends every token of the session, no other session, and takes the cookie away', async () => {
    const [one, other] = [await logIn(clearml), await logIn(clearml)]
    const renewed = await clearml.ok('auth.login', {}, { headers: one.headers })
    const answer = await clearml.call('auth.logout', {}, { headers: one.headers })
    expect(answer).toMatchObject({ status: 200, data: {} })
    expect(answer.headers['set-cookie']).toMatch(/^clearml_token_basic=; Max-Age=0;/)
    const after = async (authorization: string) =>
      codes(await clearml.call('users.get_current_user', {}, { headers: { authorization } }))
    expect(await after(one.headers.authorization)).toBe('401/30')
    expect(await after(`Bearer ${renewed.token}`)).toBe('401/30')
    expect(await after(other.headers.authorization)).toBe('200/0')
    expect(codes(await clearml.call('users.get_current_user'))).toBe('200/0')
  })

  it('success: with keys there is no session to end', async () => {
    expect(await clearml.ok('auth.logout')).toEqual({})
    expect(codes(await clearml.call('auth.login'))).toBe('200/0')
  })

  it('refusal: who is not logged in cannot log out', async () => {
    expect(codes(await clearml.call('auth.logout', {}, { headers: anonymous }))).toBe('401/20')
  })

  it('wrong input: a body that is no object', async () => {
    expect(codes(await clearml.call('auth.logout', undefined, { raw: '"out"' }))).toBe('500/0')
    expect(codes(await clearml.call('auth.logout', undefined, { raw: '{' }))).toBe('400/0')
  })
})
