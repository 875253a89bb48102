import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('login.supported_modes', () => {
  it('success: tells anyone how to log in, and whether they are', async () => {
    expect(await clearml.ok('login.supported_modes')).toEqual({
      basic: { enabled: false, guest: { enabled: false } },
      sso: {},
      sso_providers: [],
      server_errors: { missed_es_upgrade: false, es_connection_error: false },
      authenticated: true,
    })
    for (const headers of [anonymous, { authorization: 'Bearer x' }]) {
      expect(await clearml.ok('login.supported_modes', {}, { headers })).toMatchObject({ authenticated: false })
    }
  })

  it('refusal: is unknown below the version that brought it', async () => {
    expect(codes(await clearml.call('login.supported_modes', {}, { version: '2.8' }))).toBe('404/0')
  })

  it('wrong input: a body that is no object', async () => {
    expect(codes(await clearml.call('login.supported_modes', undefined, { raw: '1' }))).toBe('500/0')
  })
})
