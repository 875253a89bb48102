import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inferenceBody } from '../../lib/deepomatic/inference-body.ts'
import { plain } from '../../lib/deepomatic/pictures.ts'
import { createSpec, createVersion } from '../../lib/deepomatic/specs.ts'
import { type DeepomaticSystem, startDeepomatic, tinySpec } from '../../lib/deepomatic/system.ts'
import { createHttpClient } from '../../lib/http-client.ts'
import { secretKey } from '../../lib/inferq.ts'

const origin = 'https://page.example'
let system: DeepomaticSystem
const ids = { task: '', spec: '', version: '' }
beforeAll(async () => {
  system = await startDeepomatic({ api: { INFERQ_CORS_ORIGINS: origin } })
  const spec = await createSpec(system.wire)
  ids.spec = `${spec.id}`
  ids.version = `${(await createVersion(system, { spec_id: spec.id })).id}`
  ids.task = await system.client.start(tinySpec, { inputs: [{ source: plain('red') }] })
  await system.client.wait(ids.task)
})
afterAll(() => system?.stop())

const withIds = (path: string) => path.replace(/\{(\w+)\}/g, (_, name: keyof typeof ids) => ids[name])
const image = () => inferenceBody({ inputs: [{ source: plain('red') }] })

describe('paths', () => {
  it.each([
    '/accounts/me',
    '/recognition/public',
    tinySpec,
    '/recognition/specs',
    '/recognition/specs/{spec}',
    '/recognition/specs/{spec}/versions',
    '/recognition/versions',
    '/recognition/versions/{version}',
    '/tasks',
    '/tasks/{task}',
  ])('GET %s answers the same with a slash at its end and without', async (template) => {
    const path = withIds(template)
    const [bare, slashed] = [await system.wire.get(path), await system.wire.get(`${path}/`)]
    expect([bare.status, slashed.status]).toEqual([200, 200])
    expect(slashed.data).toEqual(bare.data)
  })

  it.each([tinySpec, '/recognition/specs/{spec}', '/recognition/versions/{version}'])(
    'POST %s/inference takes the body in both forms, and never redirects',
    async (template) => {
      for (const path of [`${withIds(template)}/inference`, `${withIds(template)}/inference/`]) {
        const { status, data } = await system.wire.send('POST', path, image())
        expect({ path, status, data }).toEqual({ path, status: 200, data: { task_id: expect.stringMatching(/^\d+$/) } })
      }
    },
  )

  it('make, change and delete resources in both forms', async () => {
    for (const end of ['', '/'] as const) {
      const { id } = await createSpec(system.wire, {}, end)
      const version = await createVersion(system, { spec_id: id }, end)
      expect((await system.wire.json('PATCH', `/recognition/specs/${id}${end}`, { name: 'x' })).status).toBe(200)
      expect((await system.wire.send('DELETE', `/recognition/versions/${version.id}${end}`)).status).toBe(204)
      expect((await system.wire.send('DELETE', `/recognition/specs/${id}${end}`)).status).toBe(204)
    }
  })

  it('with a doubled slash, as a client without a version sends them, are served or unknown, and no fault', async () => {
    for (const path of ['//accounts/me/', '//tasks/']) {
      const { status } = await system.wire.get(path)
      expect([200, 404]).toContain(status)
    }
  })
})

describe('requests', () => {
  it('of GET and DELETE may name JSON as their type and have no body', async () => {
    const { id } = await createSpec(system.wire)
    // The wire sends that type with each of them, and `Content-Length: 0` with DELETE.
    expect((await system.wire.send('GET', `/recognition/specs/${id}/`)).status).toBe(200)
    expect(await system.wire.send('DELETE', `/recognition/specs/${id}/`)).toMatchObject({ status: 204, text: '' })
  })

  it('share a connection', async () => {
    await system.wire.get('/accounts/me/')
    expect((await system.wire.get('/accounts/me/')).reused).toBe(true)
    await system.wire.send('POST', `${tinySpec}/inference`, image())
    expect((await system.wire.get('/accounts/me/')).reused).toBe(true)
  })

  it('may say before the client’s name whose they are', async () => {
    const wire = system.open({ key: secretKey, userAgentPrefix: 'a-camera/1.2' })
    expect((await wire.get('/accounts/me/')).status).toBe(200)
  })

  it('are answered in JSON and UTF-8, also when the client accepts anything', async () => {
    const name = 'Häuser und 猫'
    const { id } = await createSpec(system.wire, { name })
    const { type, data } = await system.wire.get(`/recognition/specs/${id}/`)
    expect(type).toMatch(/^application\/json/)
    expect(data.name).toBe(name)
    // A form is sent with `Accept: */*`.
    expect((await system.wire.send('POST', `${tinySpec}/inference`, image())).type).toMatch(/^application\/json/)
  })
})

describe('a page of another origin', () => {
  it('may call when it is allowed to', async () => {
    const http = createHttpClient(`${system.inferq.url}/v0.7`)
    const asked = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-api-key,content-type',
    }
    const preflight = await http.send('OPTIONS', `${tinySpec}/inference`, { origin, ...asked })
    expect(preflight.status).toBeLessThan(300)
    expect(preflight.headers['access-control-allow-origin']).toBe(origin)
    expect(preflight.headers['access-control-allow-headers']?.toLowerCase()).toContain('x-api-key')
    const answer = await http.send('GET', '/accounts/me', { origin, 'x-api-key': secretKey })
    expect(answer).toMatchObject({ status: 200, headers: { 'access-control-allow-origin': origin } })
    http.close()
  })
})
