import { beforeAll, describe, expect, it } from 'vitest'
import { type Caller, outputsOf, startCaller } from './recognition.fixture.ts'

let own: Caller
let foreign: Caller
beforeAll(async () => {
  own = await startCaller()
  foreign = await startCaller()
})

const outputs = outputsOf([
  { id: 3, name: 'cat' },
  { id: 1, name: 'dog' },
])
const create = (more: object = {}) => own.create('/recognition/specs', { name: 'pets', outputs, ...more })
const timestamp = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)

describe('own specifications', () => {
  it('are made with what is given and defaults for the rest', async () => {
    const made = await create()
    expect(made).toEqual({
      ...{ id: expect.any(Number), name: 'pets', description: '', metadata: {} },
      ...{ update_date: timestamp, current_version_id: null, outputs },
    })
    const full = await create({ description: 'd', metadata: { a: { b: [1, null] } }, unknown: 1 })
    expect(full).toMatchObject({ description: 'd', metadata: { a: { b: [1, null] } } })
    expect(full).not.toHaveProperty('unknown')
    expect(await own.send('GET', `/recognition/specs/${full.id}/`)).toEqual({ status: 200, data: full })
  })

  it('are listed by id without their outputs', async () => {
    const { id } = await create({ name: 'last' })
    const { data } = await own.send('GET', '/recognition/specs/?offset=0&limit=1000')
    expect(data).toMatchObject({ count: data.results.length, next: null, previous: null })
    const { outputs: _, ...summary } = (await own.send('GET', `/recognition/specs/${id}`)).data
    expect(data.results.at(-1)).toEqual(summary)
    const { data: second } = await own.send('GET', '/recognition/specs?limit=1&offset=1')
    expect(second).toMatchObject({ count: data.count, results: [data.results[1]] })
    expect(second.previous).toMatch(/^http:\/\/[^/]+\/v0\.7\/recognition\/specs\?limit=1&offset=0$/)
  })

  it.each([
    ['name', { name: undefined }],
    ['name', { name: '  ' }],
    ['name', { name: 7 }],
    ['description', { description: null }],
    ['metadata', { metadata: [] }],
    ['outputs', { outputs: undefined }],
    ['outputs', { outputs: [] }],
    ['outputs', { outputs: [...outputs, ...outputs] }],
    ['outputs[0].labels', { outputs: [{}] }],
    ['outputs[0].labels.roi', { outputs: outputsOf([{ id: 1, name: 'a' }], 'bbox') }],
    ['outputs[0].labels.exclusive', { outputs: [{ labels: { roi: 'NONE', labels: [{ id: 1, name: 'a' }] } }] }],
    ['outputs[0].labels.labels', { outputs: outputsOf([]) }],
    ['outputs[0].labels.labels[0].id', { outputs: outputsOf([{ id: '1', name: 'a' }]) }],
    ['outputs[0].labels.labels[0].id', { outputs: outputsOf([{ id: 1.5, name: 'a' }]) }],
    ['outputs[0].labels.labels[0].name', { outputs: outputsOf([{ id: 1, name: '' }]) }],
    [
      'outputs[0].labels.labels[2].id',
      {
        outputs: outputsOf([
          { id: 1, name: 'a' },
          { id: 2, name: 'b' },
          { id: 1, name: 'c' },
        ]),
      },
    ],
  ])('are refused, naming %s, for %j, and nothing is kept', async (field, wrong) => {
    const before = (await own.send('GET', '/recognition/specs')).data.count
    const { status, data } = await own.send('POST', '/recognition/specs', { name: 'x', outputs, ...wrong })
    expect({ status, field: data.error.split(': ')[0] }).toEqual({ status: 400, field })
    expect((await own.send('GET', '/recognition/specs')).data.count).toBe(before)
  })

  it('keep no metadata so deep that they could not be stored', async () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])
    expect(await create({ metadata: { a: nested(20) } })).toMatchObject({ metadata: { a: nested(20) } })
    for (const levels of [21, 2_000]) {
      const body = { name: 'x', outputs, metadata: { a: nested(levels) } }
      const { status, data } = await own.send('POST', '/recognition/specs', body)
      expect({ status, data }).toEqual({ status: 400, data: { error: 'metadata.a: at most 20 levels deep' } })
    }
  })

  it('change in name, description and metadata, by PATCH and PUT alike', async () => {
    const made = await create({ description: 'd' })
    const path = `/recognition/specs/${made.id}`
    const patched = await own.send('PATCH', `${path}/`, { name: 'new', metadata: { a: 1 } })
    expect(patched.status).toBe(200)
    const now = { ...made, name: 'new', metadata: { a: 1 }, update_date: timestamp }
    expect(patched.data).toEqual(now)
    const put = await own.send('PUT', path, { ...patched.data, description: '', id: 77, update_date: 'x' })
    expect(put).toEqual({ status: 200, data: { ...now, description: '' } })
    expect(await own.send('PATCH', path, {})).toEqual(put)
  })

  it('do not change in their outputs, which may be sent back as they are', async () => {
    const { id } = await create()
    const path = `/recognition/specs/${id}`
    expect((await own.send('PATCH', path, { outputs })).status).toBe(200)
    for (const others of [null, [], outputsOf([{ id: 3, name: 'cat' }])]) {
      const { status, data } = await own.send('PATCH', path, { name: 'x', outputs: others })
      expect({ status, error: data.error }).toEqual({ status: 400, error: expect.stringMatching(/^outputs: cannot/) })
    }
    expect((await own.send('GET', path)).data).toMatchObject({ name: 'pets', outputs })
  })

  it.each([
    ['name', { name: '' }],
    ['metadata', { metadata: 'x' }],
    ['current_version_id', { current_version_id: 'x' }],
    ['current_version_id', { current_version_id: 999_999_999 }],
    ['the body', []],
  ])('are left as they are, naming %s, by %j', async (field, wrong) => {
    const made = await create()
    const { status, data } = await own.send('PATCH', `/recognition/specs/${made.id}`, wrong)
    expect({ status, field: data.error.split(': ')[0] }).toEqual({ status: 400, field })
    expect((await own.send('GET', `/recognition/specs/${made.id}`)).data).toEqual(made)
  })

  it('are deleted once', async () => {
    const { id } = await create()
    expect(await own.send('DELETE', `/recognition/specs/${id}/`)).toEqual({ status: 204, data: '' })
    expect((await own.send('DELETE', `/recognition/specs/${id}/`)).status).toBe(404)
  })

  it('that are foreign, unknown or no number are 404', async () => {
    const { id } = await create()
    for (const one of [`${id}`, '999999', '99999999999999999999', 'x', '1.5', '-1', '0', '%00']) {
      for (const method of ['GET', 'PATCH', 'PUT', 'DELETE'] as const) {
        const body = method === 'PATCH' || method === 'PUT' ? { name: 'x' } : undefined
        const { status, data } = await foreign.send(method, `/recognition/specs/${one}`, body)
        expect({ one, method, status, error: data?.error }).toMatchObject({ status: 404, error: expect.any(String) })
      }
    }
    expect((await foreign.send('GET', '/recognition/specs')).data.count).toBe(0)
    expect((await own.send('GET', `/recognition/specs/${id}`)).status).toBe(200)
  })
})
