import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes, logIn } from '../auth/auth.fixture.ts'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('login.logout', () => {
  it('success: ends the session, and is fine without one', async () => {
    const { headers } = await logIn(clearml)
    const answer = await clearml.call('login.logout', {}, { headers })
    expect(answer).toMatchObject({ status: 200, data: {} })
    expect(answer.headers['set-cookie']).toContain('Max-Age=0')
    expect(codes(await clearml.call('users.get_current_user', {}, { headers }))).toBe('401/30')
    expect(await clearml.ok('login.logout', {}, { headers })).toEqual({})
    expect(await clearml.ok('login.logout', {}, { headers: anonymous })).toEqual({})
  })

  it('refusal: is unknown below the version that brought it', async () => {
    expect(codes(await clearml.call('login.logout', {}, { version: '2.12' }))).toBe('404/0')
  })

  it('wrong input: a body that is no object', async () => {
    expect(codes(await clearml.call('login.logout', undefined, { raw: '[]' }))).toBe('500/0')
  })
})
