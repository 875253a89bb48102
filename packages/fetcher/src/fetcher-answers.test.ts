import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { until } from '@inferq/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { imageFetcher, maxBytes, png } from './testing/image-fetch.fixture.ts'
import { startTcpServer, startWebServer, type TestServer } from './testing/web-server.fixture.ts'

const address = '127.0.0.1'
const { fetchImage, failure } = imageFetcher({ allow: [address] })
const servers: TestServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await until(() => server.sockets.size === 0, { what: 'the fetcher to leave no socket behind' })
    await server[Symbol.asyncDispose]()
  }
})

const jpeg = { 'content-type': 'image/jpeg' }
const plenty = Buffer.alloc(maxBytes + 1)

describe('an answer is taken', () => {
  it.each([
    ['image/png', 'image/png'],
    ['Image/SVG+xml; charset=utf-8', 'image/svg+xml'],
    ['application/octet-stream', 'application/octet-stream'],
    ['binary/octet-stream', 'binary/octet-stream'],
  ])('when its type is %s', async (sent, contentType) => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-type': sent }).end(png))
    expect(await fetchImage(url)).toEqual({ bytes: png, contentType })
  })

  it('when it names no type', async () => {
    expect(await fetchImage(await serve((_, response) => response.end(png)))).toEqual({ bytes: png, contentType: null })
  })

  it('up to exactly the bytes that are wanted', async () => {
    const url = await serve((_, response) => response.writeHead(200, jpeg).end(plenty.subarray(1)))
    expect((await fetchImage(url)).bytes).toHaveLength(maxBytes)
  })

  it('with the query of its URL, and with nothing else that tells who asks', async () => {
    let asked: unknown
    const url = await serve(({ url, headers }, response) => {
      asked = { url, headers }
      response.end(png)
    })
    await fetchImage(`${url}?token=t#here`)
    const host = new URL(url).host
    const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'inferq', host, connection: 'close' }
    expect(asked).toEqual({ url: '/a.png?token=t', headers })
  })
})

describe('an answer is refused for good', () => {
  it.each([400, 401, 403, 404, 410, 300, 304, 302])('with status %i', async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end())
    expect(await said(url)).toEqual(['INPUT_REFUSED', `answered with status ${status}`])
  })

  it('when it is of another type, which is named', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-type': 'text/html; a=b' }).end('<p>'))
    expect(await said(url)).toEqual(['INPUT_REFUSED', 'answered with text/html instead of image/*'])
  })

  it('when its type is no name of a type, which is not said again', async () => {
    const url = await serve((_, response) => response.writeHead(200, { 'content-type': '<script>' }).end())
    expect(await said(url)).toEqual(['INPUT_REFUSED', 'answered with an unknown type instead of image/*'])
  })

  it('when it is compressed, so that no bomb is ever unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000)).subarray(0, maxBytes)
    const url = await serve((_, response) => response.writeHead(200, { ...jpeg, 'content-encoding': 'gzip' }).end(bomb))
    expect(await said(url)).toEqual(['INPUT_REFUSED', expect.stringContaining('answered in a content-encoding')])
  })

  it.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['a length that is no number', 'HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\nab'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\nab'],
    ['endless headers', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`],
  ])('when it is %s', async (_, sent) => {
    expect(await said(await speak((socket) => socket.end(sent)))).toEqual([
      'INPUT_REFUSED',
      'does not answer as HTTP has it',
    ])
  })
})

describe('an answer is too large', () => {
  it('when it says so, before its body is read', async () => {
    let sent = 0
    const url = await speak((socket) => {
      sent += 1
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${maxBytes + 1}\r\n\r\n`)
    })
    expect(await said(url)).toEqual(['INPUT_TOO_LARGE', `answered with more than ${maxBytes} bytes`])
    expect(sent).toBe(1)
  })

  it('when it says nothing and does not end', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, jpeg)
      const timer = setInterval(() => response.write(plenty.subarray(0, 100)), 1)
      response.on('close', () => clearInterval(timer))
    })
    expect(await said(url)).toEqual(['INPUT_TOO_LARGE', `answered with more than ${maxBytes} bytes`])
  })
})

describe('an answer may be better later', () => {
  it.each([408, 425, 429, 500, 502, 503, 504])('with status %i', async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end())
    expect(await said(url)).toEqual(['INPUT_UNREACHABLE', `answered with status ${status}`])
  })

  it('and when it says after how long, that is passed on', async () => {
    const url = await serve((_, response) => response.writeHead(429, { 'retry-after': '7' }).end())
    expect((await failure(url)).retryAfterMs).toBe(7_000)
    const other = await serve((_, response) => response.writeHead(429).end())
    expect((await failure(other)).retryAfterMs).toBeUndefined()
  })

  it.each([
    ['before it began', ''],
    ['in its headers', 'HTTP/1.1 200 OK\r\ncontent-'],
    ['below its length', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nab'],
    ['to go on in another protocol', 'HTTP/1.1 101 Switching\r\nupgrade: other\r\nconnection: upgrade\r\n\r\n'],
    ['in a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n64\r\nab'],
  ])('when it ended %s', async (_, sent) => {
    expect(await said(await speak((socket) => socket.end(sent)))).toEqual([
      'INPUT_UNREACHABLE',
      'closed the connection early',
    ])
  })

  it('when its connection is reset in the middle', async () => {
    const url = await speak((socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nab', () => socket.resetAndDestroy()),
    )
    expect(await said(url)).toEqual(['INPUT_UNREACHABLE', 'closed the connection early'])
  })

  it('when nobody listens', async () => {
    const url = await serve(() => {})
    await servers.pop()?.[Symbol.asyncDispose]()
    expect(await said(url)).toEqual(['INPUT_UNREACHABLE', 'refused the connection'])
  })
})

it('what a server says before its answer is passed over', async () => {
  const early = 'HTTP/1.1 103 Early Hints\r\nlink: </b>\r\n\r\n'
  const url = await speak((socket) => socket.end(`${early}${early}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nab`))
  expect(Buffer.from((await fetchImage(url)).bytes).toString()).toBe('ab')
})

it('what a server sends beyond the length that it named is not taken', async () => {
  const url = await speak((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nabcdef'))
  expect(Buffer.from((await fetchImage(url)).bytes).toString()).toBe('ab')
})

/** The code, and the message after the host that every message begins with. */
async function said(url: string): Promise<[string, string]> {
  const { code, message } = await failure(`${url}?secret=hidden`)
  const { host } = new URL(url)
  expect(message.startsWith(`${host} `)).toBe(true)
  return [code, message.slice(host.length + 1)]
}

async function serve(answer: RequestListener): Promise<string> {
  const server = await startWebServer(address, answer)
  servers.push(server)
  return `http://${address}:${server.port}/a.png`
}

async function speak(say: (socket: Socket) => void): Promise<string> {
  const server = await startTcpServer(address, say)
  servers.push(server)
  return `http://${address}:${server.port}/a.png`
}
