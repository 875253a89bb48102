import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { anonymous, codes } from './auth.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('auth.fixed_users_mode', () => {
  it('success: tells anyone that there are no passwords here', async () => {
    expect(await clearml.ok('auth.fixed_users_mode', {}, { headers: anonymous })).toEqual({
      enabled: false,
      guest: { enabled: false },
      server_errors: {},
    })
  })

  it('refusal: is unknown below the version that brought it', async () => {
    expect(codes(await clearml.call('auth.fixed_users_mode', {}, { version: '2.0' }))).toBe('404/0')
  })

  it('wrong input: a body that is no object', async () => {
    expect(codes(await clearml.call('auth.fixed_users_mode', undefined, { raw: '[]' }))).toBe('500/0')
  })
})
