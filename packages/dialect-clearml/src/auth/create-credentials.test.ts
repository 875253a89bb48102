import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { anonymous, codes } from './auth.fixture.ts'
import { newKeys } from './credentials.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('auth.create_credentials', () => {
  it('success: the new keys work at once and are the caller’s', async () => {
    const answer = await clearml.ok('auth.create_credentials', { label: 'laptop' })
    expect(answer.credentials).toEqual({
      access_key: expect.any(String),
      secret_key: expect.any(String),
      label: 'laptop',
    })
    const { headers } = await newKeys(clearml)
    expect((await clearml.ok('users.get_current_user', {}, { headers })).user.id).toBe(clearml.user.id)
  })

  it('refusal: without a credential there is no new one', async () => {
    expect(codes(await clearml.call('auth.create_credentials', {}, { headers: anonymous }))).toBe('401/20')
  })

  it('wrong input: a label that is no text', async () => {
    expect(codes(await clearml.call('auth.create_credentials', { label: ['x'] }))).toBe('400/12')
  })
})
