import { readFile, stat } from 'node:fs/promises'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { createFetcher } from '@inferq/fetcher'
import { createLocalFiles } from '@inferq/files'
import { tempDir, until } from '@inferq/testkit'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createMediaLoader, type MediaLoaderOptions } from './load-media.ts'
import { openScratch } from './scratch.ts'
import { silentLog } from './worker.fixture.ts'

const dir = await tempDir('media')
const files = createLocalFiles(join(dir.path, 'files'))
const fetcher = createFetcher({ allow: ['127.0.0.1'] })
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(async () => {
  await fetcher.close()
  dir.remove()
})

const never = new AbortController().signal
const fileOf = (digit: string) => `inputs/${digit.repeat(32)}/0`
const base64 = (text: string) => ({ base64: Buffer.from(text).toString('base64') })
const text = ({ path }: { path: string }) => readFile(path, 'utf8')

async function loader({ quotaBytes = 1_000_000, ...more }: Partial<MediaLoaderOptions> & { quotaBytes?: number } = {}) {
  const scratch = await openScratch({ folder: join(dir.path, 'scratch'), quotaBytes, log: silentLog })
  closing.push(() => scratch.close())
  return createMediaLoader({ files, fetcher, scratch, maxMediaBytes: 1_000_000, ...more })
}

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.mp4`
}

describe('a medium', () => {
  it('is brought to a file on this machine from wherever it is, until it is disposed', async () => {
    await files.put(fileOf('a'), 'of a file')
    const url = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'video/mp4' }).end('of a server'),
    )
    const load = await loader()
    for (const [source, expected] of [
      [{ file: fileOf('a') }, 'of a file'],
      [{ url }, 'of a server'],
      [base64('inline'), 'inline'],
    ] as const) {
      const medium = await load(source, { signal: never })
      expect(await text(medium)).toBe(expected)
      await medium[Symbol.asyncDispose]()
      await expect(stat(medium.path)).rejects.toThrow('ENOENT')
    }
  })

  it('is whole also when it is large and comes in many pieces', async () => {
    const bytes = Buffer.from(Uint8Array.from({ length: 900_000 }, (_, index) => index % 251))
    await files.put(fileOf('b'), bytes)
    const url = await serve(async (_, response) => {
      for (let at = 0; at < bytes.length; at += 10_000) response.write(bytes.subarray(at, at + 10_000))
      response.end()
    })
    const load = await loader({ quotaBytes: 2_000_000 })
    for (const source of [{ file: fileOf('b') }, { url }]) {
      await using medium = await load(source, { signal: never })
      expect(bytes.equals(await readFile(medium.path))).toBe(true)
    }
  })

  it.each(['audio/mpeg', 'application/octet-stream', 'application/mp4', undefined])(
    'may be called %s',
    async (contentType) => {
      const headers = contentType === undefined ? {} : { 'content-type': contentType }
      const url = await serve((_, response) => response.writeHead(200, headers).end('medium'))
      await using medium = await (await loader())({ url }, { signal: never })
      expect(await text(medium)).toBe('medium')
    },
  )

  it.each(['text/html', 'image/png', 'application/vnd.apple.mpegurl'])('is refused when it is %s', async (type) => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-type': type }).end('<p>'))
    await expect((await loader())({ url }, { signal: never })).rejects.toMatchObject({ code: 'INPUT_REFUSED' })
  })

  it('cannot be read when its file is gone', async () => {
    await expect((await loader())({ file: fileOf('c') }, { signal: never })).rejects.toMatchObject({
      ...{ code: 'INPUT_UNREADABLE', message: 'the medium is no longer in the file store' },
    })
  })

  it.each([
    ['the largest that is taken', { maxMediaBytes: 10 }],
    ['all the room that there is', { quotaBytes: 10 }],
  ])('is refused when it is larger than %s, and its file is let go of', async (_, limits) => {
    const bodies: Readable[] = []
    const read: typeof files.read = async (key) => {
      const found = await files.read(key)
      if (found) bodies.push(found.body)
      return found
    }
    await files.put(fileOf('d'), Buffer.alloc(11))
    const load = await loader({ files: { read }, ...limits })
    const tooLarge = { code: 'INPUT_TOO_LARGE', message: 'the medium may have 10 bytes at most; send a smaller one' }
    await expect(load({ file: fileOf('d') }, { signal: never })).rejects.toMatchObject(tooLarge)
    await expect(load(base64('12345678901'), { signal: never })).rejects.toMatchObject(tooLarge)
    expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true])
    const said = await serve((_, response) => response.end(Buffer.alloc(11)))
    const unsaid = await serve((_, response) => {
      response.write('12345')
      response.end('678901')
    })
    for (const url of [said, unsaid]) {
      await expect(load({ url }, { signal: never })).rejects.toMatchObject({ code: 'INPUT_TOO_LARGE' })
    }
    // Nothing of all that holds any room.
    await using medium = await load(base64('1234567890'), { signal: never })
    expect(await text(medium)).toBe('1234567890')
  })

  it('waits for room while others hold it, without an open connection, and is asked for anew', async () => {
    let [requests, open] = [0, 0]
    const url = await serve((_, response) => {
      requests++
      open++
      response.on('close', () => open--)
      response.writeHead(200, { 'content-length': 60 }).write(Buffer.alloc(10))
      if (requests > 1) response.end(Buffer.alloc(50, 'x'))
    })
    const load = await loader({ quotaBytes: 100 })
    const first = await load(base64('f'.repeat(50)), { signal: never })
    const second = load({ url }, { signal: never })
    await until(() => requests === 1 && open === 0, { what: 'the connection to be let go of' })
    await first[Symbol.asyncDispose]()
    await using medium = await second
    expect((await stat(medium.path)).size).toBe(60)
    expect(requests).toBe(2)
  })

  it('whose length is not said keeps only the room that it takes', async () => {
    const url = await serve((_, response) => {
      response.write('12')
      response.end('3')
    })
    const load = await loader({ quotaBytes: 100, maxMediaBytes: 90 })
    await using medium = await load({ url }, { signal: never })
    await using other = await load(base64('o'.repeat(90)), { signal: never })
    expect([await text(medium), (await text(other)).length]).toEqual(['123', 90])
  })

  it('is not waited for once the job is aborted, and leaves nothing behind', async () => {
    const answers: ServerResponse[] = []
    const url = await serve((_, response) => {
      answers.push(response)
      response.writeHead(200, { 'content-length': 90 }).write('begun')
    })
    await files.put(fileOf('e'), Buffer.alloc(90))
    const load = await loader({ quotaBytes: 100 })
    const abort = new AbortController()
    const fetching = load({ url }, { signal: abort.signal })
    await until(() => answers.length === 1, { what: 'the request' })
    const waiting = load({ file: fileOf('e') }, { signal: abort.signal })
    abort.abort(new Error('stopped'))
    for (const { status, reason } of (await Promise.allSettled([fetching, waiting])) as PromiseRejectedResult[])
      expect([status, reason]).toEqual(['rejected', abort.signal.reason])
    await expect(load({ file: fileOf('e') }, { signal: abort.signal })).rejects.toThrow('stopped')
    await until(() => answers[0]?.closed === true, { what: 'the connection to be let go of' })
    await using medium = await load(base64('m'.repeat(100)), { signal: never })
    expect((await text(medium)).length).toBe(100)
  })

  it('that breaks off may be better later', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 90 }).write('begun')
      setImmediate(() => response.destroy())
    })
    await expect((await loader())({ url }, { signal: never })).rejects.toMatchObject({ code: 'INPUT_UNREACHABLE' })
  })
})
