import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineEndpoint } from '../endpoint.ts'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'
import { maxBodyBytes, openApp, sharedParts } from '../testing/shared-parts.fixture.ts'
import { anyObject, object, text } from './fields.ts'
import { clearmlApi } from './plugin.ts'

/** Endpoints that show what the transport does with what they say. */
const probes = [
  defineEndpoint('probe.see', {
    since: '2.5',
    authorize: 'none',
    request: anyObject,
    handle: async ({ worker, ip, baseUrl, version, batch }, request) => ({
      ...{ worker, ip, baseUrl, version, batch, request },
    }),
  }),
  defineEndpoint('probe.fault', {
    since: '2.1',
    authorize: 'none',
    request: object({}),
    handle: () => Promise.reject(new TypeError('cannot read password of undefined')),
  }),
  defineEndpoint('probe.system', {
    since: '2.1',
    roles: ['system'],
    request: object({ name: text }),
    handle: async () => ({}),
  }),
]

let clearml: Clearml
let app: FastifyInstance
beforeAll(async () => {
  clearml = await startClearml()
  app = await openApp(clearml.services, { endpoints: probes })
})
afterAll(() => app.close())

const see = async (options: InjectOptions) =>
  (await app.inject({ method: 'GET', url: '/probe.see', ...options })).json()

describe('an answer', () => {
  it('has an envelope with everything that the SDK needs to read it', async () => {
    const answer = await app.inject({ url: '/v2.23/probe.see', headers: { 'x-clearml-trx': 'trx-1' } })
    expect(answer.headers).toMatchObject({
      server: 'clearml',
      'content-type': expect.stringMatching(/^application\/json/),
    })
    expect(answer.json().meta).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      trx: 'trx-1',
      endpoint: { name: 'probe.see', requested_version: '2.23', actual_version: '2.5' },
      result_code: 200,
      result_subcode: 0,
      result_msg: 'OK',
      error_stack: '',
      error_data: {},
    })
  })

  it('has its own id where the caller named no transaction', async () => {
    const { meta } = (await app.inject('/probe.see')).json()
    expect(meta.trx).toBe(meta.id)
    expect(meta.endpoint.requested_version).toBe('2.31')
  })

  it('has versions as numbers for clients from before 2.1', async () => {
    const { meta } = (await app.inject('/v1.5/probe.see')).json()
    expect(meta.endpoint).toMatchObject({ requested_version: 1.5, actual_version: null })
  })

  it('has data, and the reason, when it is a refusal', async () => {
    const answer = await app.inject('/nobody.knows')
    expect(answer.statusCode).toBe(404)
    expect(answer.json()).toMatchObject({
      data: {},
      meta: { result_code: 404, result_subcode: 0, error_stack: null, endpoint: { name: 'nobody.knows' } },
    })
  })

  it('tells nothing of a fault but that it is one', async () => {
    const answer = await app.inject('/probe.fault')
    expect(answer.json()).toMatchObject({ data: {}, meta: { result_code: 500, result_subcode: 0, error_stack: null } })
    expect(answer.body).not.toContain('password')
  })
})

describe('an overloaded server', () => {
  it('says so in an envelope, and when to try again', async () => {
    const server = Fastify()
    server.addHook('onRequest', async () => {
      throw Object.assign(new Error('Service Unavailable'), { code: 'FST_UNDER_PRESSURE', statusCode: 503 })
    })
    await server.register(clearmlApi, { services: clearml.services, maxBodyBytes })
    const answer = await server.inject('/debug.ping')
    expect(answer.headers).toMatchObject({ server: 'clearml', 'retry-after': '2' })
    expect(answer.json()).toMatchObject({ data: {}, meta: { result_code: 503, result_subcode: 0 } })
    await server.close()
  })
})

describe('a path', () => {
  it('that is dotted or versioned and still none of this language is 400/0', async () => {
    for (const url of ['/index.9', '/a.b', '/v2.5/tasks', '/v2.5/a.b', '/tasks.get_all.more']) {
      expect((await app.inject(url)).json().meta).toMatchObject({ result_code: 400, result_subcode: 0 })
    }
  })

  it('may end in a slash', async () => {
    expect((await app.inject('/v2.9/probe.see/?a=1')).json().data.request).toEqual({ a: 1 })
  })

  it('finds an endpoint from the version that brought it on, up to any newer one', async () => {
    const codes = async (version: string) => (await app.inject(`/v${version}/probe.see`)).statusCode
    expect(await Promise.all(['2.4', '2.5', '2.31', '999.0'].map(codes))).toEqual([404, 200, 200, 200])
  })
})

describe('a request', () => {
  it('is the same by any method, a GET with a body too', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const) {
      const { data } = await see({ method, payload: '{"a":1}', headers: { 'content-type': 'application/json' } })
      expect(data.request).toEqual({ a: 1 })
    }
  })

  it('is read as JSON whatever its content type says, even what is none', async () => {
    for (const type of ['text/plain', 'nonsense', 'application/json; charset=utf-8']) {
      for (const method of ['GET', 'POST'] as const) {
        const { data } = await see({ method, payload: '{"a":1}', headers: { 'content-type': type } })
        expect(data.request).toEqual({ a: 1 })
      }
    }
  })

  it('is read as a form only under the exact name of one', async () => {
    const form = (type: string) => see({ method: 'POST', payload: 'a=1', headers: { 'content-type': type } })
    expect((await form('application/x-www-form-urlencoded; charset=utf-8')).data.request).toEqual({ a: 1 })
    expect((await form('application/x-www-form-urlencoded nonsense/')).meta.result_code).toBe(400)
  })

  it('may have a content type and no body', async () => {
    for (const method of ['GET', 'POST'] as const) {
      expect((await see({ method, headers: { 'content-type': 'application/json' } })).data.request).toEqual({})
    }
  })

  it('carries a batch as json-lines', async () => {
    const headers = { 'content-type': 'application/json-lines' }
    const { data } = await see({ payload: '{"a":1}\n{"a":2}', headers })
    expect(data).toMatchObject({ request: {}, batch: [{ a: 1 }, { a: 2 }] })
  })

  it('says who sent it from where, under the old prefix too', async () => {
    expect(
      (await see({ headers: { 'x-trains-worker': 'w:1', 'x-forwarded-for': '10.1.1.1, 10.2.2.2' } })).data,
    ).toMatchObject({ worker: 'w:1', ip: '10.1.1.1' })
    expect((await see({ headers: { host: 'tasks.example:8008' } })).data).toMatchObject({
      worker: '<unknown>',
      ip: '127.0.0.1',
      baseUrl: 'http://tasks.example:8008',
      version: [2, 31],
    })
  })

  it('that is encoded is 415 in plain text', async () => {
    const answer = await app.inject({ url: '/probe.see', headers: { 'content-encoding': 'gzip' } })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([415, expect.stringContaining('text/plain')])
  })

  it('that is too large is refused in an envelope, whether it says so at once or not', async () => {
    const payload = Buffer.alloc(maxBodyBytes + 1, ' ')
    for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
      const { meta } = await see({ method: 'POST', payload, headers })
      expect(meta).toMatchObject({ result_code: 400, result_subcode: 0, result_msg: expect.stringContaining('larger') })
    }
  })

  it('is checked in order: path, endpoint, credential, role, headers, body, fields', async () => {
    const { credential } = clearml
    const authorization = `Basic ${Buffer.from(`${credential.accessKey}:${credential.secretKey}`).toString('base64')}`
    const both = { 'x-clearml-impersonate-as': 'a', 'x-clearml-act-as': 'b' }
    const code = async (url: string, headers: Record<string, string>, payload = '{') => {
      const { meta } = (await app.inject({ method: 'POST', url, headers, payload })).json()
      return `${meta.result_code}/${meta.result_subcode}`
    }
    expect(await code('/a.b', both)).toBe('400/0')
    expect(await code('/no.endpoint', both)).toBe('404/0')
    expect(await code('/probe.system', both)).toBe('401/20')
    expect(await code('/probe.system', { ...both, authorization })).toBe('403/20')

    const system = await clearml.another({ role: 'system' })
    const keys = `${system.credential.accessKey}:${system.credential.secretKey}`
    const allowed = { authorization: `Basic ${Buffer.from(keys).toString('base64')}` }
    expect(await code('/probe.system', { ...both, ...allowed })).toBe('400/5')
    expect(await code('/probe.system', allowed)).toBe('400/0')
    expect(await code('/probe.system', allowed, '{}')).toBe('400/12')
    expect(await code('/probe.system', allowed, '{"name":"x"}')).toBe('200/0')
  })
})

describe('a page in a browser', () => {
  const origin = 'https://page.example'
  const preflight = {
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'x-clearml-trx',
  }

  it('of any origin may call, without the cookie', async () => {
    const asked = await app.inject({ method: 'OPTIONS', url: '/v2.5/probe.see', headers: preflight })
    expect([asked.statusCode, asked.body]).toEqual([200, ''])
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'x-clearml-trx',
    })
    expect(asked.headers).not.toHaveProperty('access-control-allow-credentials')
  })

  it('of a listed origin may send the cookie along, others may not call at all', async () => {
    const picky = await openApp(clearml.services, { endpoints: probes, corsOrigins: [origin] })
    const listed = await picky.inject({ url: '/probe.see', headers: { origin } })
    expect(listed.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      vary: 'Origin',
    })
    const other = await picky.inject({ url: '/probe.see', headers: { origin: 'https://other.example' } })
    expect(other.headers).not.toHaveProperty('access-control-allow-origin')
    await picky.close()
  })
})

describe('what stands beside this API on the same server', () => {
  it('keeps its own paths, its own 404, and GET with a content type and no body', async () => {
    const { services } = await sharedParts()
    const server = Fastify({ routerOptions: { ignoreTrailingSlash: true } })
    server.get('/v1/tasks', async () => 'native')
    server.get('/metrics', async () => 'metrics')
    server.get('/docs/openapi.json', async () => 'docs')
    server.setNotFoundHandler(async (_request, reply) => reply.code(404).send('native 404'))
    await server.register(clearmlApi, { services, maxBodyBytes })
    const headers = { 'content-type': 'application/json' }
    const body = async (url: string, method: 'GET' | 'POST' = 'GET') =>
      (await server.inject({ method, url, headers })).body
    expect(await body('/v1/tasks')).toBe('native')
    expect(await body('/metrics')).toBe('metrics')
    expect(await body('/docs/openapi.json')).toBe('docs')
    for (const url of ['/', '/v1', '/v1/nothing', '/v1/a.b/c', '/docs/x.y', '/nothing', '/v1/tasks.get_all']) {
      expect(await body(url)).toBe('native 404')
    }
    await server.close()
  })
})
