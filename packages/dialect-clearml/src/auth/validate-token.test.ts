import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, type ClearmlCaller, startClearml } from '../testing/clearml.fixture.ts'
import { codes, logIn } from './auth.fixture.ts'

let clearml: Clearml
let system: ClearmlCaller
beforeAll(async () => {
  clearml = await startClearml()
  system = await clearml.another({ role: 'system' })
})

describe('auth.validate_token', () => {
  it('success: tells whose token it is, and that another is none', async () => {
    const { token } = await logIn(clearml)
    expect(await system.ok('auth.validate_token', { token })).toEqual({
      valid: true,
      user: clearml.user.id,
      company: clearml.company,
    })
    expect(await system.ok('auth.validate_token', { token: 'x' })).toMatchObject({
      valid: false,
      msg: expect.stringContaining('Invalid token'),
    })
  })

  it('refusal: only the system may ask', async () => {
    expect(codes(await clearml.call('auth.validate_token', { token: 'x' }))).toBe('403/20')
  })

  it('wrong input: a token that is missing or no text', async () => {
    for (const body of [{}, { token: 7 }, { token: null }]) {
      expect(codes(await system.call('auth.validate_token', body))).toBe('400/12')
    }
  })
})
