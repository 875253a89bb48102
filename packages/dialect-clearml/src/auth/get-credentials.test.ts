import { until } from '@inferq/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { anonymous, codes } from './auth.fixture.ts'
import { newKeys } from './credentials.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const listed = async (caller: Pick<Clearml, 'ok'> = clearml) =>
  (await caller.ok('auth.get_credentials')).credentials as Record<string, string>[]

describe('auth.get_credentials', () => {
  it('success: the caller’s own keys in force, without a secret', async () => {
    const { access_key } = await newKeys(clearml, 'laptop')
    const revoked = await newKeys(clearml, 'old')
    await clearml.ok('auth.revoke_credentials', { access_key: revoked.access_key })
    const other = await clearml.another()
    const keys = (await listed()).map((credential) => credential.access_key)
    expect(keys).toEqual([clearml.credential.accessKey, access_key])
    expect(JSON.stringify(await listed())).not.toContain(clearml.credential.secretKey)
    expect((await listed()).at(-1)).toEqual({ access_key, label: 'laptop' })
    expect(await listed(other)).toMatchObject([{ access_key: other.credential.accessKey }])
  })

  it('success: says when keys were used last, and from where', async () => {
    const keys = await newKeys(clearml, 'agent')
    await clearml.ok('debug.ping')
    await clearml.ok('auth.login', {}, { headers: { ...keys.headers, 'x-clearml-worker': 'host:1' } })
    const used = await until(
      async () => (await listed()).find(({ access_key, last_used }) => access_key === keys.access_key && last_used),
      { what: 'the use to be noted' },
    )
    expect(used).toMatchObject({ last_used_from: 'host:1', last_used: expect.stringMatching(/^\d{4}-.*\+00:00$/) })
  })

  it('refusal: nobody sees keys without showing some', async () => {
    expect(codes(await clearml.call('auth.get_credentials', {}, { headers: anonymous }))).toBe('401/20')
  })

  it('wrong input: a body that is no object', async () => {
    expect(codes(await clearml.call('auth.get_credentials', undefined, { raw: '[]' }))).toBe('500/0')
  })
})
