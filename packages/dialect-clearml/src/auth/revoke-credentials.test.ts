import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { bearer, codes } from './auth.fixture.ts'
import { newKeys } from './credentials.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('auth.revoke_credentials', () => {
  it('success: the keys, and every token made from them, are refused at once', async () => {
    const { access_key, headers } = await newKeys(clearml)
    const { token } = await clearml.ok('auth.login', {}, { headers })
    expect(codes(await clearml.call('users.get_current_user', {}, { headers: bearer(token) }))).toBe('200/0')
    expect(await clearml.ok('auth.revoke_credentials', { access_key })).toEqual({ revoked: 1 })
    expect(codes(await clearml.call('auth.login', {}, { headers }))).toBe('401/22')
    expect(codes(await clearml.call('auth.login', {}, { headers: bearer(token) }))).toBe('401/30')
  })

  it('refusal: another’s keys stay as they are, and unknown ones are none', async () => {
    const other = await clearml.another()
    for (const access_key of [other.credential.accessKey, 'nobody', undefined]) {
      expect(await clearml.ok('auth.revoke_credentials', { access_key })).toEqual({ revoked: 0 })
    }
    expect(codes(await other.call('users.get_current_user'))).toBe('200/0')
  })

  it('wrong input: an access key that is no text', async () => {
    expect(codes(await clearml.call('auth.revoke_credentials', { access_key: 7 }))).toBe('400/12')
  })
})
