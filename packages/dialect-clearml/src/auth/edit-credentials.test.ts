import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { codes } from './auth.fixture.ts'
import { newKeys } from './credentials.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const labels = async () =>
  (await clearml.ok('auth.get_credentials')).credentials.map(({ label }: { label: string }) => label)

describe('auth.edit_credentials', () => {
  it('success: changes the label', async () => {
    const { access_key } = await newKeys(clearml, 'before')
    expect(await clearml.ok('auth.edit_credentials', { access_key, label: 'after' })).toEqual({ updated: 1 })
    expect(await labels()).toContain('after')
    expect(await clearml.ok('auth.edit_credentials', { access_key })).toEqual({ updated: 0 })
  })

  it('refusal: keys that are unknown, revoked, or another’s', async () => {
    const other = await clearml.another()
    const revoked = await newKeys(clearml)
    await clearml.ok('auth.revoke_credentials', { access_key: revoked.access_key })
    for (const access_key of ['nobody', revoked.access_key, other.credential.accessKey]) {
      expect(codes(await clearml.call('auth.edit_credentials', { access_key, label: 'mine' }))).toBe('400/75')
    }
    const theirs = (await other.ok('auth.get_credentials')).credentials
    expect(theirs).toMatchObject([{ label: 'test' }])
  })

  it('wrong input: no access key, or a label that is no text', async () => {
    const { accessKey } = clearml.credential
    for (const body of [{}, { label: 'x' }, { access_key: accessKey, label: 1 }]) {
      expect(codes(await clearml.call('auth.edit_credentials', body))).toBe('400/12')
    }
  })
})
