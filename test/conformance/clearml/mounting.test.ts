import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpClient } from '../../lib/http-client.ts'
import { accessKey, type Inferq, secretKey, startInferq } from '../../lib/inferq.ts'

const origin = 'https://page.example'
let inferq: Inferq
let http: ReturnType<typeof createHttpClient>
beforeAll(async () => {
  inferq = await startInferq({
    worker: null,
    api: { INFERQ_CORS_ORIGINS: origin, INFERQ_CLEARML_STRICT_ENQUEUE: 'true' },
  })
  http = createHttpClient(inferq.url)
})
afterAll(async () => {
  http?.close()
  await inferq?.stop()
})

const authorization = `Basic ${Buffer.from(`${accessKey}:${secretKey}`).toString('base64')}`
const native = { 'x-api-key': secretKey }
const json = { 'content-type': 'application/json' }

describe('ClearML’s API on the port of the native one', () => {
  it('answers unmodified clients: keys become a token, and GET carries JSON', async () => {
    const login = await http.send('GET', '/auth.login?expiration_sec=600', { authorization })
    const { token } = JSON.parse(login.body).data
    const bearer = { authorization: `Bearer ${token}`, ...json }
    const { body } = await http.send('GET', '/v2.23/debug.ping', bearer, '{"a": 1}')
    expect(JSON.parse(body)).toMatchObject({ meta: { result_code: 200 }, data: { a: 1 } })
    const made = await http.send(
      'POST',
      '/tasks.create',
      { authorization, ...json },
      '{"name":"x y z","type":"testing"}',
    )
    expect((await inferq.client.get(JSON.parse(made.body).data.id)).name).toBe('x y z')
  })

  it('leaves the native API and other languages their paths, their errors, and GET with a content type and no body', async () => {
    expect((await http.send('GET', '/v1/tasks', { ...native, ...json })).status).toBe(200)
    expect((await http.send('GET', '/healthz', json)).status).toBe(200)
    for (const path of ['/v1/nothing', '/v1/tasks.get_all', '/nothing']) {
      const { status, body } = await http.send('GET', path, native)
      expect([status, JSON.parse(body)]).toMatchObject([404, { error: { code: 'ROUTE_NOT_FOUND' } }])
    }
    expect((await http.send('GET', '/docs/openapi.json', {})).status).toBe(200)
    for (const path of ['/v1.3', '/v1.3/', '/v1.3/debug.ping', '/v1.3/embed-v2/none', '/v1.3/a/b.c']) {
      const { status, body } = await http.send('GET', path, native)
      expect([path, status, JSON.parse(body)]).toMatchObject([path, 404, { code: 'endpoint_not_exists' }])
    }
    expect(await http.send('GET', '/v1.3/embed-v2/tasks', native)).toMatchObject({ status: 200 })
    const envelope = await http.send('GET', '/no.such_thing', {})
    expect([envelope.status, JSON.parse(envelope.body)]).toMatchObject([404, { meta: { result_subcode: 0 }, data: {} }])
  })

  it('has its rules for pages of other origins, and the native API its own', async () => {
    const preflight = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x' }
    const headersOf = async (path: string) => {
      const response = await fetch(`${inferq.url}${path}`, { method: 'OPTIONS', headers: preflight })
      return Object.fromEntries(response.headers)
    }
    expect(await headersOf('/tasks.get_all')).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
    })
    const ofNative = await headersOf('/v1/tasks')
    expect(ofNative['access-control-allow-origin']).toBe(origin)
    expect(ofNative).not.toHaveProperty('access-control-allow-credentials')
  })

  it('is measured by endpoint, and what nobody offers under one name', async () => {
    await http.send('GET', '/v2.5/tasks.get_by_id', { authorization }, '{"task": "x"}')
    await http.send('GET', '/made.up_1', {})
    await http.send('GET', '/made.up_2', {})
    const { body } = await http.send('GET', '/metrics', {})
    expect(body).toMatch(/inferq_http_request_seconds_count\{[^}]*route="tasks.get_by_id"[^}]*\}/)
    expect(body).not.toContain('made.up')
  })

  it('follows its settings', async () => {
    const call = async (endpoint: string, body: object) =>
      JSON.parse((await http.send('POST', `/${endpoint}`, { authorization, ...json }, JSON.stringify(body))).body)
    const made = await call('tasks.create', { name: 'no script', type: 'testing' })
    const refused = await call('tasks.enqueue', { task: made.data.id, queue_name: 'default' })
    expect(refused.meta).toMatchObject({ result_code: 400, result_subcode: 12 })
  })
})
