import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { createArtifactFiles } from '@inferq/domain'
import { until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FileBench, form, headersOf, type Sent, startFileServers } from './files.fixture.ts'

let bench: FileBench
beforeAll(async () => {
  bench = await startFileServers()
})
afterAll(() => bench[Symbol.asyncDispose]())

const post = (parts: Parameters<typeof form>[0], more: Partial<Sent> = {}) =>
  bench.send({ method: 'POST', path: '/', ...form(parts), ...more })
const fresh = (name = 'file.bin') => `project/task.${randomBytes(16).toString('hex')}/artifacts/${name}`

describe('an upload', () => {
  it('stores each part under the name of its field, and answers the paths in order', async () => {
    const [one, two] = [fresh('one.txt'), fresh('two.bin')]
    const bytes = randomBytes(300_000)
    const answer = await post([
      { name: one, content: 'first' },
      { name: two, content: bytes },
    ])
    expect([answer.status, answer.json()]).toEqual([200, [one, two]])
    expect(answer.headers['content-type']).toContain('application/json')
    expect(await bench.contentOf(one)).toBe('first')
    expect((await bench.send({ path: `/${two}` })).body.equals(bytes)).toBe(true)
  })

  it('replaces what was there', async () => {
    const path = fresh()
    await bench.upload(path, 'old and longer')
    await bench.upload(path, 'new')
    expect(await bench.contentOf(path)).toBe('new')
  })

  it('takes a part without a file name, and an empty one, as a file too', async () => {
    const [field, empty] = [fresh('field'), fresh('empty')]
    const parts = [
      { disposition: `name="${field}"`, content: 'plain' },
      { name: empty, content: '' },
    ]
    expect((await post(parts)).json()).toEqual([field, empty])
    expect([await bench.contentOf(field), await bench.contentOf(empty)]).toEqual(['plain', ''])
  })

  it.each([
    ['bytes in UTF-8', (path: string) => `name="${path}"; filename="x"`],
    ['RFC 2231', (path: string) => `name*=utf-8''${encodeURIComponent(path)}; filename="x"`],
    ['both', (path: string) => `name="ignored"; name*=utf-8''${encodeURIComponent(path)}`],
  ])('takes a name that is not ASCII, written as %s', async (_how, disposition) => {
    const path = fresh('žluťoučký kůň 図.txt')
    expect((await post([{ disposition: disposition(path), content: 'neigh' }])).json()).toEqual([path])
    expect((await bench.send({ path: `/${encodeURIComponent(path)}` })).text).toBe('neigh')
  })

  it('takes names of more than a thousand characters, quotes and percent signs as they are', async () => {
    const long = `${fresh()}/${'folder with a name/'.repeat(60)}100%25 "quoted"`
    const written = long.replaceAll('"', '\\"')
    expect((await post([{ name: written, content: 'far down' }])).json()).toEqual([long])
    expect(await bench.contentOf(long)).toBe('far down')
  })

  it('takes many small files in one form', async () => {
    const paths = Array.from({ length: 100 }, (_, index) => fresh(`${index}.txt`))
    const answer = await post(paths.map((name) => ({ name, content: name })))
    expect(answer.json()).toEqual(paths)
    expect(await bench.contentOf(paths[99] as string)).toBe(paths[99])
  })

  it('is the same under `/files` of the api, with or without a slash at the end', async () => {
    for (const path of ['/files', '/files/']) {
      const name = fresh()
      const answer = await bench.sendToApi({ method: 'POST', path, ...form([{ name, content: path }]) })
      expect([answer.status, answer.json()]).toEqual([200, [name]])
      expect((await bench.sendToApi({ path: `/files/${name}` })).text).toBe(path)
    }
  })

  it('is found under its plain path when its name has a slash before it, as the SDK writes it, or says "./" or "//"', async () => {
    for (const before of ['/', '//', './', '/./']) {
      const name = fresh('a b.bin')
      const answer = await post([{ name: before + name.replace('/', '//'), content: before }])
      expect([answer.status, answer.json()]).toEqual([200, [name]])
      expect(await bench.contentOf(name)).toBe(before)
    }
    const name = fresh()
    const toRoot = form([{ name: `/files/${name}`, content: 'at root' }])
    expect((await bench.sendToApi({ method: 'POST', path: '/', ...toRoot })).json()).toEqual([name])
  })

  it('to the root of the api has the folder before its name', async () => {
    const name = fresh()
    const toRoot = (parts: Parameters<typeof form>[0]) => bench.sendToApi({ method: 'POST', path: '/', ...form(parts) })
    expect((await toRoot([{ name: `files/${name}`, content: 'at root' }])).json()).toEqual([name])
    expect(await bench.contentOf(name)).toBe('at root')
    const refused = await toRoot([{ name, content: 'x' }])
    expect([refused.status, refused.json().error]).toEqual([404, expect.stringContaining('"files/"')])
  })
})

describe('an upload that is refused', () => {
  it.each(['../escape', '/../../etc/passwd', 'a/../../b', 'ends/', '/', '', 'nul\0', 'a'.repeat(5_000)])(
    'has the path %j, which is 404, and nothing of it is stored',
    async (name) => {
      const answer = await post([{ name, content: 'x' }])
      expect([answer.status, answer.json()]).toEqual([404, { error: expect.stringContaining('path') }])
      expect(answer.text).not.toContain('/tmp')
    },
  )

  it('keeps what came before the bad part, and drops the bad part', async () => {
    const good = fresh()
    const answer = await post([
      { name: good, content: 'good' },
      { name: '../bad', content: 'bad' },
    ])
    expect(answer.status).toBe(404)
    expect(await bench.contentOf(good)).toBe('good')
  })

  it('has no credential: 401, however large it is', async () => {
    const body = form([{ name: fresh(), content: Buffer.alloc(4_000_000) }])
    const answer = await bench.send({
      method: 'POST',
      path: '/',
      ...body,
      headers: { ...body.headers, authorization: 'Basic eDp5' },
    })
    expect([answer.status, answer.json().error]).toEqual([401, expect.stringContaining('Bearer')])
  })

  it.each([
    ['text/plain', 415],
    ['nonsense', 415],
    ['multipart/form-data', 400],
  ])('is sent as %s: %i', async (type, status) => {
    const { body } = form([{ name: fresh(), content: 'x' }])
    const answer = await bench.send({ method: 'POST', path: '/', body, headers: { 'content-type': type } })
    expect([answer.status, answer.json()]).toEqual([status, { error: expect.any(String) }])
  })

  it('holds no file: 400', async () => {
    expect((await post([])).status).toBe(400)
  })

  it('ends before its last boundary: 400, and the file is not there', async () => {
    const name = fresh()
    const { headers, body } = form([{ name, content: 'x'.repeat(100_000) }])
    const answer = await bench.send({ method: 'POST', path: '/', headers, body: body.subarray(0, 50_000) })
    expect([answer.status, await bench.contentOf(name)]).toEqual([400, null])
  })

  it('is larger than a file may be: 413, and the old file stays', async () => {
    const path = await bench.upload(fresh(), 'small')
    const answer = await post([{ name: path, content: Buffer.alloc(1024 * 1024 + 1) }])
    expect([answer.status, answer.json().error]).toEqual([413, expect.stringContaining('1048576')])
    expect(await bench.contentOf(path)).toBe('small')
  })

  it('is over the quota of the company: 507', async () => {
    const { services, ports } = bench.clearml
    const records = ports.fileRecords
    const files = ports.files as Parameters<typeof createArtifactFiles>[0]['files']
    const artifacts = createArtifactFiles({ files, records, maxFileBytes: 1_000, quotaBytes: 100 })
    await using small = await startFileServers({ services: { ...services, artifacts } })
    const name = fresh()
    const answer = await small.send({ method: 'POST', path: '/', ...form([{ name, content: 'x'.repeat(101) }]) })
    expect([answer.status, answer.json().error]).toEqual([507, expect.stringContaining('100 bytes')])
    expect(await small.contentOf(name)).toBeNull()
  })
})

describe('an upload that breaks off', () => {
  it('stores nothing, and keeps what was there', async () => {
    const path = await bench.upload(fresh(), 'whole')
    const { headers, body } = form([{ name: path, content: 'y'.repeat(1_000_000) }])
    const reading = Promise.withResolvers<void>()
    const settled = Promise.withResolvers<unknown>()
    const { artifacts } = bench.clearml.services
    const watched: typeof artifacts = {
      ...artifacts,
      store: (company, name, source) => {
        const storing = artifacts.store(company, name, noting(source, reading.resolve))
        storing.then(settled.resolve, settled.resolve)
        return storing
      },
    }
    await using other = await startFileServers({ services: { ...bench.clearml.services, artifacts: watched } })
    const socket = connect(other.port, '127.0.0.1')
    const head = Object.entries({ ...headersOf(bench.clearml), ...headers, 'content-length': body.length })
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
    socket.write(body.subarray(0, 300_000))
    await reading.promise
    socket.destroy()
    expect(await settled.promise).toMatchObject({ status: 400 })
    expect(await bench.contentOf(path)).toBe('whole')
  })

  it('is ended by the server when nothing comes any more', async () => {
    await using impatient = await startFileServers({ idleMs: 200 })
    const path = fresh()
    const { headers, body } = form([{ name: path, content: 'z'.repeat(100_000) }])
    const socket = connect(impatient.port, '127.0.0.1')
    let isClosed = false
    socket.once('close', () => {
      isClosed = true
    })
    const head = Object.entries({ ...impatient.own, ...headers, 'content-length': body.length })
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`)
    socket.write(body.subarray(0, 50_000))
    await until(async () => isClosed, { what: 'the idle connection to be closed', timeoutMs: 10_000 })
    expect(await impatient.contentOf(path)).toBeNull()
  })
})

async function* noting(source: AsyncIterable<Uint8Array>, onFirst: () => void) {
  for await (const chunk of source) {
    onFirst()
    yield chunk
  }
}
