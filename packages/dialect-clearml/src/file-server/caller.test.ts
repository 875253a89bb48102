import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FileBench, form, headersOf, type Sent, sendTo, startFileServers } from './files.fixture.ts'

const page = 'https://page.example'

let bench: FileBench
let path: string
beforeAll(async () => {
  bench = await startFileServers({ corsOrigins: [page] })
  path = await bench.upload('secrets/plan.txt', 'the plan')
})
afterAll(() => bench[Symbol.asyncDispose]())

const statusWith = async (headers: Record<string, string>, sent: Partial<Sent> = {}) =>
  (await sendTo(bench.port, { path: `/${path}`, headers, ...sent })).status

const requests: Sent[] = [
  { path: '/secrets/plan.txt' },
  { method: 'HEAD', path: '/secrets/plan.txt' },
  { method: 'DELETE', path: '/secrets/plan.txt' },
  { method: 'POST', path: '/delete_many', body: '{"files":["secrets/plan.txt"]}' },
]

describe('whoever calls', () => {
  it('may show a token, both keys, or the secret key alone', async () => {
    const { token } = await bench.clearml.ok('auth.login')
    const { secretKey } = bench.clearml.credential
    for (const authorization of [`Bearer ${token}`, bench.own.authorization as string, `Bearer ${secretKey}`]) {
      expect(await statusWith({ authorization })).toBe(200)
    }
  })

  it('may have the cookie of the API, unless a page of another site makes the request', async () => {
    const { token } = await bench.clearml.ok('auth.login')
    const cookie = `clearml_token_basic=${token}`
    expect(await statusWith({ cookie })).toBe(200)
    expect(await statusWith({ cookie, 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await statusWith({ cookie, 'sec-fetch-site': 'cross-site' })).toBe(401)
    expect(await statusWith({ cookie, 'sec-fetch-site': 'cross-site', origin: page })).toBe(200)
  })

  it.each([
    ['nothing', {}],
    ['a wrong secret', { authorization: 'Bearer wrong' }],
    ['a token of somebody else', { authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.c2ln' }],
    ['wrong keys', { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }],
    ['another scheme', { authorization: 'Digest x' }],
    ['a wrong cookie', { cookie: 'clearml_token_basic=x' }],
  ])('and shows %s is answered 401 whatever they ask', async (_what, headers) => {
    for (const request of requests) expect(await statusWith(headers, request)).toBe(401)
    const upload = form([{ name: 'secrets/new.txt', content: 'x' }])
    const sent = { method: 'POST', path: '/', ...upload, headers: { ...headers, ...upload.headers } }
    const answer = await sendTo(bench.port, sent)
    expect([answer.status, answer.json()]).toEqual([401, { error: expect.stringContaining('Authorization: Bearer') }])
    expect(await bench.contentOf('secrets/new.txt')).toBeNull()
    expect(await bench.contentOf(path)).toBe('the plan')
  })

  it('may ask whether the server is there without saying who they are', async () => {
    for (const [port, root] of [
      [bench.port, '/'],
      [bench.apiPort, '/files'],
      [bench.apiPort, '/files/'],
    ] as const) {
      expect(await sendTo(port, { path: root })).toMatchObject({ status: 200, text: 'OK' })
    }
  })

  it('has no token any more once it was revoked', async () => {
    const caller = await bench.clearml.another({ role: 'user' })
    const { token } = await caller.ok('auth.login')
    await caller.ok('auth.logout', {}, { headers: { authorization: `Bearer ${token}` } })
    expect(await statusWith({ authorization: `Bearer ${token}` })).toBe(401)
  })
})

describe('another company', () => {
  it('sees none of these files, by any method, and has its own under the same path', async () => {
    const stranger = headersOf(await bench.clearml.another({ company: 'new' }))
    for (const request of requests.slice(0, 3)) expect(await statusWith(stranger, request)).toBe(404)
    const many = await sendTo(bench.port, { ...(requests[3] as Sent), headers: stranger })
    expect(many.json()).toEqual({ deleted: {}, errors: { 'Not found': [path] } })
    const upload = form([{ name: path, content: 'another plan' }])
    expect(await statusWith({ ...stranger, ...upload.headers }, { method: 'POST', path: '/', body: upload.body })).toBe(
      200,
    )
    expect(await bench.contentOf(path)).toBe('the plan')
  })

  it('is another than that of a colleague, who sees them', async () => {
    expect(await statusWith(headersOf(await bench.clearml.another()))).toBe(200)
  })
})

describe('what the file server does not have', () => {
  it('is 404 in its own form, and says what there is', async () => {
    const answer = await bench.sendToApi({ method: 'PUT', path: `/files/${path}`, body: 'x' })
    expect([answer.status, answer.json().error]).toEqual([404, expect.stringContaining('POST')])
  })

  it('leaves the API beside it as it is', async () => {
    const ping = await bench.sendToApi({ method: 'POST', path: '/debug.ping', body: '{}' })
    expect([ping.status, ping.json().meta.result_code]).toEqual([200, 200])
    expect((await bench.sendToApi({ path: '/' })).status).toBe(404)
    expect((await bench.sendToApi({ path: '/filesystem' })).status).toBe(404)
  })
})
