import { SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { anonymous, bearer, codes, logIn } from './auth.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

const withAuthorization = async (authorization: string) =>
  codes(await clearml.call('users.get_current_user', {}, { headers: { authorization } }))
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('auth.login', () => {
  it('success: keys become a token with every claim that the clients read', async () => {
    const { token, claims, headers } = await logIn(clearml)
    const now = Date.now() / 1_000
    expect(claims).toMatchObject({
      auth_type: 'Bearer',
      session_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      identity: {
        user: clearml.user.id,
        company: clearml.company,
        role: 'admin',
        user_name: clearml.user.name,
        company_name: clearml.user.companyName,
      },
      api_version: '2.31',
      server_version: '2.0.0',
      feature_set: 'basic',
    })
    for (const claim of ['env', 'entities', 'server_build']) expect(claims).toHaveProperty(claim)
    expect(claims.env).not.toBe('prod')
    expect(claims.iat).toBeGreaterThan(now - 60)
    expect((claims.exp as number) - (claims.iat as number)).toBe(2_592_000)
    expect((await clearml.ok('users.get_current_user', {}, { headers })).user.id).toBe(clearml.user.id)
    expect(token.split('.')).toHaveLength(3)
  })

  it('success: a token that is still good is renewed, in the same session', async () => {
    const { claims, headers } = await logIn(clearml)
    const { token } = await clearml.ok('auth.login', undefined, { headers, query: 'expiration_sec=60' })
    const renewed = await clearml.ok('users.get_current_user', {}, { headers: bearer(token) })
    expect(renewed.user.id).toBe(clearml.user.id)
    const payload = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
    expect(payload).toMatchObject({ session_id: claims.session_id, exp: payload.iat + 60 })
  })

  it('success: sets a cookie that scripts cannot read and that counts as a token, unless there is a header', async () => {
    const { headers } = await clearml.call('auth.login')
    const cookie = String(headers['set-cookie'])
    expect(cookie).toMatch(/^clearml_token_basic=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/)
    const sent = { cookie: `other=1; ${cookie.split(';')[0]}` }
    const user = (more: object) => clearml.call('users.get_current_user', {}, { headers: { ...sent, ...more } })
    expect(codes(await user(anonymous))).toBe('200/0')
    expect(codes(await user({ authorization: 'Bearer x' }))).toBe('401/30')
  })

  it('refusal: the cookie does not count on a request that another site’s page made', async () => {
    const { headers } = await clearml.call('auth.login')
    const cookie = String(headers['set-cookie']).split(';')[0]
    const sent = { ...anonymous, cookie, 'sec-fetch-site': 'cross-site' }
    expect(codes(await clearml.call('users.get_current_user', {}, { headers: sent }))).toBe('401/20')
  })

  it('refusal: each way to lack a credential has its code', async () => {
    const { accessKey, secretKey } = clearml.credential
    expect(codes(await clearml.call('auth.login', {}, { headers: anonymous }))).toBe('401/20')
    expect(await withAuthorization('Digest abc')).toBe('401/10')
    expect(await withAuthorization('Basic')).toBe('401/21')
    expect(await withAuthorization('Basic %%%')).toBe('401/21')
    expect(await withAuthorization(`Basic ${base64('no colon')}`)).toBe('401/21')
    expect(await withAuthorization(`Basic ${base64(`${accessKey}:wrong`)}`)).toBe('401/22')
    expect(await withAuthorization(`Basic ${base64(`nobody:${secretKey}`)}`)).toBe('401/22')
    expect(await withAuthorization(`basic ${base64(`${accessKey}:${secretKey}`)}`)).toBe('200/0')
  })

  it('refusal: a token that is no token, or expired, or signed by another, is 401/30', async () => {
    const { claims } = await logIn(clearml)
    const signed = (key: Uint8Array, exp: number) =>
      new SignJWT({ ...claims, exp }).setProtectedHeader({ alg: 'HS256' }).sign(key)
    const key = await clearml.services.users.signingKey()
    const later = Math.floor(Date.now() / 1_000) + 60
    expect(await withAuthorization(`Bearer ${await signed(key, later)}`)).toBe('200/0')
    expect(await withAuthorization(`Bearer ${await signed(key, 1)}`)).toBe('401/30')
    expect(await withAuthorization(`Bearer ${await signed(new Uint8Array(32), later)}`)).toBe('401/30')
    const unsigned = `${base64('{"alg":"none"}')}.${base64(JSON.stringify({ ...claims, exp: later }))}.`
    expect(await withAuthorization(`Bearer ${unsigned}`)).toBe('401/30')
    expect(await withAuthorization('Bearer')).toBe('401/30')
  })

  it('wrong input: a lifetime of none, of more than a year, or that is no number', async () => {
    for (const expiration_sec of [31_536_001, 0, -1, 'soon', 1.5, {}]) {
      expect(codes(await clearml.call('auth.login', { expiration_sec }))).toBe('400/12')
    }
    expect(codes(await clearml.call('auth.login', { expiration_sec: null }))).toBe('200/0')
    expect(codes(await clearml.call('auth.login', { expiration_sec: '31536000' }))).toBe('200/0')
  })
})
