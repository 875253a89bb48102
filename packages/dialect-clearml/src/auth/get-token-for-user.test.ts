import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, type ClearmlCaller, startClearml } from '../testing/clearml.fixture.ts'
import { bearer, codes } from './auth.fixture.ts'

let clearml: Clearml
let system: ClearmlCaller
beforeAll(async () => {
  clearml = await startClearml()
  system = await clearml.another({ role: 'system', company: 'new' })
})

const whoIs = async (token: string) => clearml.call('users.get_current_user', {}, { headers: bearer(token) })

describe('auth.get_token_for_user', () => {
  it('success: the token makes calls as that user, until the credential of who made it is revoked', async () => {
    const { id: user } = clearml.user
    const { token } = await system.ok('auth.get_token_for_user', { user, company: clearml.company })
    expect((await whoIs(token)).data.user).toMatchObject({ id: user, role: 'admin' })
    await system.ok('auth.revoke_credentials', { access_key: system.credential.accessKey })
    expect(codes(await whoIs(token))).toBe('401/30')
    system = await clearml.another({ role: 'system', company: 'new' })
  })

  it('refusal: a user who is unknown, or in another company than said', async () => {
    expect(codes(await system.call('auth.get_token_for_user', { user: 'nobody' }))).toBe('400/301')
    const elsewhere = { user: clearml.user.id, company: system.company }
    expect(codes(await system.call('auth.get_token_for_user', elsewhere))).toBe('400/301')
  })

  it('refusal: only the system may ask', async () => {
    expect(codes(await clearml.call('auth.get_token_for_user', { user: clearml.user.id }))).toBe('403/20')
  })

  it('wrong input: no user, or a lifetime of more than a year', async () => {
    expect(codes(await system.call('auth.get_token_for_user', {}))).toBe('400/12')
    const forever = { user: clearml.user.id, expiration_sec: 31_536_001 }
    expect(codes(await system.call('auth.get_token_for_user', forever))).toBe('400/12')
  })
})
