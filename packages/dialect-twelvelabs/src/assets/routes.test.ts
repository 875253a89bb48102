import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { until } from '@inferq/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import type { TwelvelabsServices } from '../services.ts'
import { listen, maxAssetBytes } from '../testing/shared-parts.fixture.ts'
import { startTwelvelabs, type Twelvelabs } from '../testing/twelvelabs.fixture.ts'

let twelvelabs: Twelvelabs
beforeAll(async () => {
  twelvelabs = await startTwelvelabs()
})

const url = 'https://media.example/films/a%20film.mp4?x=1'
const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** A form as clients make it; a value that is bytes is a file. */
function form(fields: Record<string, string | Uint8Array<ArrayBuffer>>, filename = 'a film.mp4', type = 'video/mp4') {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') data.append(name, value)
    else data.append(name, new Blob([value], { type }), filename)
  }
  return data
}
const bytes = (length: number) => new Uint8Array(randomBytes(length))
const post = (raw: RequestInit['body'], options: object = {}) => twelvelabs.call('POST', '/assets', { raw, ...options })
const upload = async (length = 10) => (await post(form({ method: 'direct', file: bytes(length) }))).body

/** What uploads of this company take on the disk. */
const usage = async (of = twelvelabs) => (await of.store.fileRecords.usageOf(of.company, 'x')).bytes
const assetsOf = async (of = twelvelabs) =>
  (await of.store.assets.listAssets(of.company, { offset: 0, limit: 99 })).total

describe('an asset', () => {
  it('is made of a file, byte by byte, and is ready at once', async () => {
    const file = bytes(300_000)
    const made = await post(form({ method: 'direct', file, enable_hls: 'true', user_metadata: '{"a":1}' }))
    const { _id: id } = made.body
    expect(made).toMatchObject({ status: 201 })
    expect(made.headers.get('x-api-version')).toBe('1.3')
    expect(made.body).toEqual({
      ...{ _id: expect.stringMatching(/^[0-9a-f]{24}$/), method: 'direct', status: 'ready', filename: 'a film.mp4' },
      ...{ file_type: 'video/mp4', size: 300_000, created_at: expect.stringMatching(date) },
    })
    expect(await twelvelabs.ok('GET', `/assets/${id}`)).toEqual(made.body)
    const stored = await twelvelabs.services.artifacts.read(twelvelabs.company, `assets/${id}/a film.mp4`)
    expect(Buffer.concat(await Array.fromAsync(stored?.body ?? []))).toEqual(Buffer.from(file))
  })

  it('is made of an address, which is not looked at yet: by form or by JSON', async () => {
    const body = { method: 'url', url, enable_thumbnail: true }
    for (const made of [await post(form({ method: 'url', url })), await twelvelabs.call('POST', '/assets', { body })]) {
      expect(made).toMatchObject({ status: 201, body: { method: 'url', status: 'ready', filename: 'a film.mp4' } })
      expect(made.body).not.toHaveProperty('size')
      expect(await twelvelabs.ok('GET', `/assets/${made.body._id}`)).toEqual(made.body)
    }
  })

  it('has the name that it is given, before all others', async () => {
    const file = bytes(5)
    const named = await post(form({ method: 'direct', file, filename: 'mine.mp4' }))
    expect(named.body.filename).toBe('mine.mp4')
    const body = { method: 'url', url, filename: 'yours.mp4' }
    expect((await twelvelabs.ok('POST', '/assets', { body })).filename).toBe('yours.mp4')
    const nameless = { method: 'url', url: 'https://media.example' }
    expect(await twelvelabs.ok('POST', '/assets', { body: nameless })).not.toHaveProperty('filename')
  })

  it.each(['../../secret', '..', 'C:\\films\\a.mp4', 'žluť 🎞.mp4', 'a\u0001b', 'x'.repeat(400)])(
    'may have had any name where it came from: %j',
    async (name) => {
      const { status, body } = await post(form({ method: 'direct', file: bytes(5) }, name))
      expect(status).toBe(201)
      if (name.startsWith('ž')) expect(body.filename).toBe(name)
      const found = await twelvelabs.store.assets.findAsset(twelvelabs.company, body._id)
      const path = found && 'path' in found.at ? found.at.path : ''
      expect(path).toMatch(new RegExp(`^assets/${body._id}/[^/\\\\]+$`))
      expect(await twelvelabs.services.artifacts.stat(twelvelabs.company, path)).toMatchObject({ size: 5 })
    },
  )

  it('says nothing of its type where its sender knows none', async () => {
    const made = await post(form({ method: 'direct', file: bytes(5) }, 'a', 'application/octet-stream'))
    expect(made.body).not.toHaveProperty('file_type')
  })

  it('is gone with its file once it is deleted', async () => {
    const [{ _id: file }, { _id: address }] = [
      await upload(),
      await twelvelabs.ok('POST', '/assets', { body: { method: 'url', url } }),
    ]
    const before = await usage()
    for (const id of [file, address]) {
      expect(await twelvelabs.call('DELETE', `/assets/${id}?force=true`)).toMatchObject({
        status: 204,
        body: undefined,
      })
      for (const method of ['GET', 'DELETE']) {
        expect(await twelvelabs.call(method, `/assets/${id}`)).toMatchObject({
          ...{ status: 404, body: { code: 'resource_not_exist' } },
        })
      }
    }
    expect(await usage()).toBe(before - 10)
  })

  it('is not found when it is unknown or foreign', async () => {
    const other = await startTwelvelabs()
    const { _id: foreign } = await other.ok('POST', '/assets', { body: { method: 'url', url } })
    for (const id of [foreign, '0'.repeat(24), 'x', '%20', '%00']) {
      for (const method of ['GET', 'DELETE']) {
        const answer = await twelvelabs.call(method, `/assets/${id}`)
        expect(answer, id).toMatchObject({ status: 404, body: { code: 'resource_not_exist' } })
      }
    }
    expect(await assetsOf(other)).toBe(1)
  })
})

describe('a list of assets', () => {
  it('goes over pages, the newest first, and is empty behind the last', async () => {
    const own = await startTwelvelabs()
    const ids: string[] = []
    for (let i = 0; i < 3; i++) {
      ids.unshift((await own.ok('POST', '/assets', { body: { method: 'url', url } }))._id)
    }
    const list = async (query: string) => {
      const { data, page_info } = await own.ok('GET', `/assets${query}`)
      return { ids: data.map(({ _id }: { _id: string }) => _id), page_info }
    }
    const page_info = { page: 1, limit_per_page: 10, total_page: 1, total_results: 3 }
    expect(await list('')).toEqual({ ids, page_info })
    const second = { ...page_info, page: 2, limit_per_page: 2, total_page: 2 }
    expect(await list('?page=2&page_limit=2')).toEqual({ ids: ids.slice(2), page_info: second })
    expect((await list('?page=3&page_limit=2')).ids).toEqual([])
  })

  it.each(['page=0', 'page=x', 'page_limit=51', 'asset_ids=1&asset_ids=2', 'filename=a', 'asset_types=video'])(
    'is refused with what it cannot do: %s',
    async (query) => {
      const answer = await twelvelabs.call('GET', `/assets?${query}`)
      const message = expect.stringContaining(query.split('=', 1)[0] as string)
      expect(answer).toMatchObject({ status: 400, body: { code: 'parameter_invalid', message } })
    },
  )
})

describe('a refused asset', () => {
  /** A company whose uploads and records are counted before and after. */
  async function refusal(raw: RequestInit['body'], options: object = {}) {
    const own = await startTwelvelabs()
    const answer = await own.call('POST', '/assets', { raw, ...options })
    expect([await usage(own), await assetsOf(own)]).toEqual([0, 0])
    return answer
  }
  const file = bytes(1_000)

  it.each<[string, FormData, string, string]>([
    ['nothing', form({}), 'parameter_not_provided', 'method'],
    ['another method', form({ method: 'multipart', file }), 'parameter_invalid', 'method'],
    ['no method', form({ file }), 'parameter_not_provided', 'method'],
    ['no file', form({ method: 'direct' }), 'parameter_not_provided', 'file'],
    ['an empty file', form({ method: 'direct', file: bytes(0) }), 'parameter_invalid', 'file'],
    ['no address', form({ method: 'url' }), 'parameter_not_provided', 'url'],
    ['another address', form({ method: 'url', url: 'ftp://media.example/a' }), 'parameter_invalid', 'url'],
    ['a long address', form({ method: 'url', url: `${url}${'x'.repeat(9_000)}` }), 'parameter_invalid', 'url'],
    ['a file and an address', form({ method: 'url', url, file }), 'parameter_invalid', 'file'],
    ['a long name', form({ method: 'direct', file, filename: 'x'.repeat(256) }), 'parameter_invalid', 'filename'],
  ])('with %s leaves nothing behind', async (_what, data, code, field) => {
    const answer = await refusal(data)
    expect(answer).toMatchObject({ status: 400, body: { code, message: expect.stringContaining(`${field}:`) } })
  })

  it('says that a file comes by form', async () => {
    const headers = { 'content-type': 'application/json' }
    const answer = await refusal(JSON.stringify({ method: 'direct', file: 'a.mp4' }), { headers })
    const message = expect.stringContaining('multipart/form-data')
    expect(answer).toMatchObject({ status: 400, body: { code: 'parameter_invalid', message } })
  })

  it('has two files, or a part of a name that nothing may have', async () => {
    const twice = form({ method: 'direct', file })
    twice.append('file', new Blob([file]), 'b.mp4')
    expect(await refusal(twice)).toMatchObject({ status: 400, body: { message: expect.stringContaining('file') } })
    const many = form({ method: 'direct', file })
    for (let i = 0; i < 200; i++) many.append(`more ${i}`, 'x')
    expect(await refusal(many)).toMatchObject({ status: 400, body: { code: 'parameter_invalid' } })
    const unnamed = form({ method: 'direct', file, constructor: 'x' })
    expect(await refusal(unnamed)).toMatchObject({ status: 400, body: { code: 'parameter_invalid' } })
  })

  it('is larger than a file may be, or than there is room for', async () => {
    const large = await refusal(form({ method: 'direct', file: bytes(maxAssetBytes + 1) }))
    const message = expect.stringContaining(String(maxAssetBytes))
    expect(large).toMatchObject({ status: 400, body: { code: 'parameter_invalid', message } })
    const own = await startTwelvelabs()
    const send = () => own.call('POST', '/assets', { raw: form({ method: 'direct', file: bytes(maxAssetBytes) }) })
    for (let i = 0; i < 4; i++) expect((await send()).status).toBe(201)
    expect(await send()).toMatchObject({
      ...{ status: 400, body: { code: 'parameter_invalid', message: expect.stringContaining('all files together') } },
    })
    expect([await usage(own), await assetsOf(own)]).toEqual([4 * maxAssetBytes, 4])
  })

  it('broke off in the middle, or just before its end', async () => {
    const own = await startTwelvelabs()
    const boundary = 'b0undary'
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="a.mp4"\r\n\r\n`
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
    for (const body of [`${head}bytes`, `${head}bytes\r\n--${boundary}\r\n`]) {
      const answer = await own.call('POST', '/assets', { raw: body, headers })
      const message = expect.stringContaining('boundary')
      expect(answer).toMatchObject({ status: 400, body: { code: 'parameter_invalid', message } })
    }
    expect([await usage(own), await assetsOf(own)]).toEqual([0, 0])
  })

  it('was of a client that went away', async () => {
    const own = await startTwelvelabs()
    const states: string[] = []
    const artifacts: TwelvelabsServices['artifacts'] = {
      ...own.services.artifacts,
      store(company, path, source) {
        states.push('begun')
        return own.services.artifacts.store(company, path, source).finally(() => states.push('ended'))
      },
    }
    const at = await listen({ ...own.services, artifacts })
    const sending = request(`${at}/v1.3/assets`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b', 'x-api-key': own.secretKey },
    })
    sending.on('error', () => {})
    sending.write('--b\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n')
    sending.write(bytes(200_000))
    await until(() => states.includes('begun'), { what: 'the upload to begin' })
    sending.destroy()
    await until(() => states.includes('ended'), { what: 'the upload to end' })
    expect([await usage(own), await assetsOf(own)]).toEqual([0, 0])
  })

  it('could not be recorded, and its file goes again', async () => {
    const own = await startTwelvelabs()
    const insertAsset = async () => Promise.reject(new Error('secret'))
    const at = await listen({ ...own.services, assets: { ...own.services.assets, insertAsset } })
    const answer = await own.call('POST', '/assets', { at, raw: form({ method: 'direct', file }) })
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal_server_error' } })
    expect(JSON.stringify(answer.body)).not.toContain('secret')
    expect(await usage(own)).toBe(0)
  })
})
