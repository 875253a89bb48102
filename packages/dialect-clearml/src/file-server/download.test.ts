import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FileBench, startFileServers } from './files.fixture.ts'

let bench: FileBench
let path: string
beforeAll(async () => {
  bench = await startFileServers()
  path = await bench.upload('project/a b/žába.txt', '0123456789')
})
afterAll(() => bench[Symbol.asyncDispose]())

const urlOf = (name: string) => `/${name.split('/').map(encodeURIComponent).join('/')}`
const get = (headers: Record<string, string> = {}, method = 'GET') => bench.send({ method, path: urlOf(path), headers })

describe('a download', () => {
  it('is the whole file, with its size, its type, and what a client needs to ask for parts of it', async () => {
    const answer = await get()
    expect([answer.status, answer.text]).toEqual([200, '0123456789'])
    expect(answer.headers).toMatchObject({
      ...{ 'content-length': '10', 'content-type': 'text/plain; charset=utf-8', 'accept-ranges': 'bytes' },
      ...{ etag: expect.stringMatching(/^".+"$/), 'last-modified': expect.stringContaining('GMT') },
      'cache-control': 'private, no-cache',
    })
  })

  it('is announced by HEAD', async () => {
    const [head, whole] = [await get({}, 'HEAD'), await get()]
    expect([head.status, head.text]).toEqual([200, ''])
    for (const name of ['content-length', 'content-type', 'etag', 'accept-ranges']) {
      expect(head.headers[name]).toBe(whole.headers[name])
    }
    expect((await bench.send({ method: 'HEAD', path: '/absent' })).status).toBe(404)
  })

  it('is a part of it where one is asked for', async () => {
    const answer = await get({ range: 'bytes=2-4' })
    expect([answer.status, answer.text]).toEqual([206, '234'])
    expect(answer.headers).toMatchObject({ 'content-range': 'bytes 2-4/10', 'content-length': '3' })
    expect((await get({ range: 'bytes=-3' })).text).toBe('789')
    expect((await get({ range: 'bytes=8-' })).text).toBe('89')
    expect(await get({ range: 'bytes=0-1,4-5' })).toMatchObject({ status: 200, text: '0123456789' })
  })

  it('is refused for a part that is not there', async () => {
    const answer = await get({ range: 'bytes=10-' })
    expect([answer.status, answer.headers['content-range'], answer.text]).toEqual([416, 'bytes */10', ''])
  })

  it('is left out where the caller has this very file', async () => {
    const { etag = '', 'last-modified': modified = '' } = (await get()).headers
    expect(await get({ 'if-none-match': `"other", W/${etag}` })).toMatchObject({ status: 304, text: '' })
    expect((await get({ 'if-modified-since': modified })).status).toBe(304)
    expect((await get({ 'if-none-match': '"other"', 'if-modified-since': modified })).status).toBe(200)
    expect((await get({ 'if-modified-since': new Date(0).toUTCString() })).status).toBe(200)
  })

  it('goes on with a range only of the same file', async () => {
    const { etag = '' } = (await get()).headers
    expect((await get({ range: 'bytes=5-', 'if-range': etag })).status).toBe(206)
    expect(await get({ range: 'bytes=5-', 'if-range': '"older"' })).toMatchObject({ status: 200, text: '0123456789' })
  })

  it('has another tag once the file was replaced', async () => {
    const name = await bench.upload('replaced.bin', 'one')
    const { etag } = (await bench.send({ path: `/${name}` })).headers
    await bench.upload(name, 'another')
    expect((await bench.send({ path: `/${name}` })).headers.etag).not.toBe(etag)
  })

  it('of a file that is replaced after it was looked at is all new', async () => {
    const name = await bench.upload('moving.txt', 'old')
    const { services } = bench.clearml
    let isReplaced = false
    const artifacts: typeof services.artifacts = {
      ...services.artifacts,
      async read(company, asked, range) {
        if (!isReplaced) await services.artifacts.store(company, asked, Readable.from([Buffer.from('newer')]))
        isReplaced = true
        return services.artifacts.read(company, asked, range)
      },
    }
    await using other = await startFileServers({ services: { ...services, artifacts } })
    const answer = await other.send({ path: `/${name}`, headers: bench.own })
    expect([answer.status, answer.headers['content-length'], answer.text]).toEqual([200, '5', 'newer'])
  })

  it('is saved under its own name on demand', async () => {
    const answer = await bench.send({ path: `${urlOf(path)}?download` })
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="__ba.txt"; filename*=UTF-8''%C5%BE%C3%A1ba.txt`,
    )
    expect((await get()).headers).not.toHaveProperty('content-disposition')
    const odd = await bench.upload("it's \\ (100%).zip", 'x')
    const { headers } = await bench.send({ path: `${urlOf(odd)}?download=1` })
    expect(headers['content-disposition']).toBe(
      `attachment; filename="it's _ (100_).zip"; filename*=UTF-8''it%27s%20%5C%20%28100%25%29.zip`,
    )
  })

  it('of what has no known ending is bytes', async () => {
    for (const name of ['model', 'weights.pt', '.html', 'a.constructor']) {
      await bench.upload(`types/${name}`, 'x')
      const { headers } = await bench.send({ path: `/types/${name}` })
      if (name !== '.html') expect(headers['content-type']).toBe('application/octet-stream')
      expect(headers['x-content-type-options']).toBe('nosniff')
    }
  })

  it('of a page or a drawing is shown, and nothing in it runs', async () => {
    for (const [name, type] of [
      ['report.html', 'text/html; charset=utf-8'],
      ['PLOT.SVG', 'image/svg+xml'],
    ] as const) {
      await bench.upload(`active/${name}`, '<script>alert(1)</script>')
      const { headers } = await bench.send({ path: `/active/${name}` })
      expect(headers).toMatchObject({
        ...{ 'content-type': type, 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' },
      })
    }
  })

  it('of an empty file is empty', async () => {
    await bench.upload('empty.txt', '')
    expect(await bench.send({ path: '/empty.txt' })).toMatchObject({ status: 200, text: '' })
    expect((await bench.send({ path: '/empty.txt', headers: { range: 'bytes=0-' } })).status).toBe(416)
  })

  it('lets go of the file when the reader hangs up, and when it reads no more', async () => {
    const { services } = bench.clearml
    const open: Readable[] = []
    const artifacts: typeof services.artifacts = {
      ...services.artifacts,
      async read(company, asked, range) {
        const file = await services.artifacts.read(company, asked, range)
        if (!file) return null
        const body = Readable.from(endless())
        open.push(body)
        file.body.destroy()
        return { ...file, body }
      },
    }
    await using slow = await startFileServers({ services: { ...services, artifacts }, idleMs: 300 })
    for (const leave of [true, false]) {
      const socket = connect(slow.port, '127.0.0.1')
      socket.write(`GET ${urlOf(path)} HTTP/1.1\r\nhost: x\r\nauthorization: ${bench.own.authorization}\r\n\r\n`)
      await new Promise((resolve) => socket.once('readable', resolve))
      if (leave) socket.destroy()
      const isLetGo = async () => open.at(-1)?.destroyed === true
      await until(isLetGo, { what: 'the file to be closed', timeoutMs: 10_000 })
      socket.destroy()
    }
    expect(open).toHaveLength(2)
  })
})

async function* endless() {
  for (;;) yield randomBytes(65_536)
}

describe('a path that is none', () => {
  it.each([
    '/../../etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '/..\\..\\etc\\passwd',
    '/..%5c..%5cetc%5cpasswd',
    '/project/../project/a%20b/%C5%BE%C3%A1ba.txt',
    '/./project',
    '/%00',
    '/project%00.txt',
    '//etc/passwd',
    '/%2fetc%2fpasswd',
    '/%252e%252e/etc/passwd',
    '/project',
    '/absent',
  ])('%s is 404 by every method, alone and under `/files`', async (raw) => {
    for (const method of ['GET', 'HEAD', 'DELETE']) {
      const [alone, beside] = [
        await bench.send({ method, path: raw }),
        await bench.sendToApi({ method, path: `/files${raw}` }),
      ]
      expect([alone.status, beside.status]).toEqual([404, 404])
      if (method !== 'HEAD') expect(alone.json()).toEqual({ error: expect.any(String) })
      for (const { text } of [alone, beside]) expect(text).not.toMatch(/root:|ENOENT|\/tmp|node_modules/)
    }
  })

  it('that leaves the folder of the file server leads to no other part of the api', async () => {
    for (const raw of ['/files/../debug.ping', '/files/%2e%2e/debug.ping', '/files/..%2fdebug.ping']) {
      expect((await bench.sendToApi({ path: raw })).status).toBe(404)
    }
  })

  it('is decoded once, and a slash in it is one however it is written', async () => {
    const name = await bench.upload('100%25/a+b;c=d.txt', 'odd')
    expect((await bench.send({ path: '/100%2525/a+b;c=d.txt' })).text).toBe('odd')
    expect((await bench.send({ path: `/${encodeURIComponent(name)}` })).text).toBe('odd')
    expect((await bench.send({ path: '/100%25/a+b;c=d.txt' })).status).toBe(404)
  })

  it('means the same with empty parts and "."', async () => {
    const name = await bench.upload('plain/a.txt', 'plain')
    for (const raw of ['//plain/a.txt', '/plain//a.txt', '/%2e/plain/./a.txt', `/%2f${name}`]) {
      expect((await bench.send({ path: raw })).text).toBe('plain')
      expect((await bench.sendToApi({ path: `/files${raw}` })).text).toBe('plain')
    }
    expect((await bench.send({ method: 'DELETE', path: '/./plain//a.txt' })).json()).toBe(name)
    expect(await bench.contentOf(name)).toBeNull()
  })
})
