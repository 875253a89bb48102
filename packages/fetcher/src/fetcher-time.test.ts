import type { Socket } from 'node:net'
import { until } from '@inferq/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { createFetcher } from './fetcher.ts'
import { startDnsServer } from './testing/dns-server.fixture.ts'
import { imageFetcher } from './testing/image-fetch.fixture.ts'
import { startTcpServer, type TestServer } from './testing/web-server.fixture.ts'

const address = '127.0.0.1'
const allow = [address, 'slow.lan']
const head = 'HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n'
const servers: TestServer[] = []

afterEach(async () => {
  for (const server of servers.splice(0)) {
    await until(() => server.sockets.size === 0, { what: 'the fetcher to leave no socket behind' })
    await server[Symbol.asyncDispose]()
  }
})

describe('a server that is slow is left, to be tried again later', () => {
  it.each([
    ['sends no headers', { headersTimeoutMs: 100 }, () => {}, 'answer within 0.1 s'],
    [
      'drips its headers',
      { headersTimeoutMs: 150 },
      (socket: Socket) => drip(socket, 'HTTP/1.1 200 OK\r\n', 'x: y\r\n'),
      'answer within 0.15 s',
    ],
    ['sends no body', { bodyIdleTimeoutMs: 100 }, (socket: Socket) => socket.write(head), 'go on within 0.1 s'],
    [
      'stops in its body',
      { bodyIdleTimeoutMs: 100 },
      (socket: Socket) => socket.write(`${head}ab`),
      'go on within 0.1 s',
    ],
    ['drips its body', { totalTimeoutMs: 300 }, (socket: Socket) => drip(socket, head, 'z'), 'deliver within 0.3 s'],
  ])('when it %s', async (_, limits, speak, said) => {
    const { failure } = imageFetcher({ allow, ...limits })
    const { code, message } = await failure(await listen(speak))
    expect({ code, message }).toEqual({
      code: 'INPUT_UNREACHABLE',
      message: expect.stringContaining(`did not ${said}`),
    })
  })

  it('when its redirects take their time, for all of them together', async () => {
    const { failure } = imageFetcher({ allow, maxRedirects: 100, totalTimeoutMs: 300 })
    const url = await listen((socket) => {
      setTimeout(() => socket.end('HTTP/1.1 302 Found\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n'), 50)
    })
    expect(await failure(url)).toMatchObject({ code: 'INPUT_UNREACHABLE', message: expect.stringContaining('deliver') })
  })
})

describe('a name that cannot be looked up may be known later', () => {
  it.each([
    ['no such name', 'is not known'],
    ['server failure', 'cannot be reached'],
    ['silence', 'did not accept a connection within 0.2 s'],
  ] as const)('%s', async (records, said) => {
    await using dns = await startDnsServer()
    dns.set('slow.lan', () => records)
    const { failure } = imageFetcher({ allow, resolve: dns.resolve, connectTimeoutMs: 200 })
    const { code, message } = await failure('http://slow.lan/a.png')
    expect({ code, message }).toEqual({ code: 'INPUT_UNREACHABLE', message: `slow.lan ${said}` })
  })

  it('one that this machine itself cannot look up', async () => {
    expect(await imageFetcher({}).failure('http://nobody.invalid/a.png')).toMatchObject({ code: 'INPUT_UNREACHABLE' })
  })
})

describe("the caller's signal", () => {
  it.each([
    ['while it waits for an answer', () => {}],
    ['while it waits for the body', (socket: Socket) => socket.write(`${head}ab`)],
  ])('ends a fetch at once %s, with its own reason', async (_, speak) => {
    const { fetchImage } = imageFetcher({ allow })
    const url = await listen(speak)
    const caller = new AbortController()
    const reason = new Error('cancelled by the caller')
    const fetched = fetchImage(url, caller.signal)
    await until(() => servers[0]?.sockets.size === 1, { what: 'the connection' })
    caller.abort(reason)
    await expect(fetched).rejects.toBe(reason)
  })

  it('ends a fetch that waits for a name', async () => {
    const { fetchImage } = imageFetcher({ resolve: () => new Promise(() => {}) })
    const reason = new Error('cancelled by the caller')
    const caller = new AbortController()
    const fetched = fetchImage('http://slow.lan/a.png', caller.signal)
    caller.abort(reason)
    await expect(fetched).rejects.toBe(reason)
  })

  it('that has fired already lets nothing begin', async () => {
    const reason = new Error('cancelled by the caller')
    const { fetchImage } = imageFetcher({ allow })
    const url = await listen(() => {})
    await expect(fetchImage(url, AbortSignal.abort(reason))).rejects.toBe(reason)
    expect(servers[0]?.connections).toBe(0)
  })

  it('ends a body that nobody reads', async () => {
    const caller = new AbortController()
    const url = await listen((socket) => socket.write(`${head}ab`))
    const options = { signal: caller.signal, maxBytes: 500, contentTypes: [] }
    const { body, contentLength } = await createFetcher({ allow }).open(url, options)
    expect(contentLength).toBe(500)
    const reason = new Error('cancelled by the caller')
    caller.abort(reason)
    await expect(Array.fromAsync(body)).rejects.toBe(reason)
  })
})

it('a reader that leaves in the middle of a body takes the connection with it', async () => {
  const options = { signal: new AbortController().signal, maxBytes: 500, contentTypes: [] }
  const { body } = await createFetcher({ allow }).open(await listen((socket) => socket.write(`${head}ab`)), options)
  for await (const piece of body) {
    expect(Buffer.from(piece).toString()).toBe('ab')
    break
  }
})

it('a redirect whose own body does not end is left behind', async () => {
  const { fetchImage } = imageFetcher({ allow })
  const target = await listen((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nab'))
  const url = await listen((socket) =>
    socket.write(`HTTP/1.1 302 Found\r\nlocation: ${target}\r\ncontent-length: 500\r\n\r\nab`),
  )
  expect(Buffer.from((await fetchImage(url)).bytes).toString()).toBe('ab')
})

it('a reader may take longer than the server would be given', async () => {
  const options = { signal: new AbortController().signal, maxBytes: 500, contentTypes: [] }
  const url = await listen((socket) => {
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab')
    setTimeout(() => socket.end('cd'), 20)
  })
  const { body } = await createFetcher({ allow, bodyIdleTimeoutMs: 500 }).open(url, options)
  let text = ''
  for await (const piece of body) {
    text += Buffer.from(piece).toString()
    await new Promise((resolve) => setTimeout(resolve, 700))
  }
  expect(text).toBe('abcd')
})

it("closing ends what runs and lets nothing begin, as nobody's fault", async () => {
  const { failure, close } = imageFetcher({ allow })
  const url = await listen(() => {})
  const failed = failure(url)
  await until(() => servers[0]?.sockets.size === 1, { what: 'the connection' })
  await close()
  expect(await failed).toMatchObject({ code: 'WORKER_SHUTDOWN' })
  expect(await failure(url)).toMatchObject({ code: 'WORKER_SHUTDOWN' })
})

function drip(socket: Socket, start: string, drop: string): void {
  socket.write(start)
  const timer = setInterval(() => socket.write(drop), 20)
  socket.on('close', () => clearInterval(timer))
}

async function listen(speak: (socket: Socket) => void): Promise<string> {
  const server = await startTcpServer(address, speak)
  servers.push(server)
  return `http://${address}:${server.port}/a.png`
}
