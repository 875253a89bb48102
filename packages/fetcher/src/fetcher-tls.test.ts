import { createServer } from 'node:https'
import { getCACertificates, setDefaultCACertificates, TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { selfSigned } from './testing/certificate.fixture.ts'
import { imageFetcher, png } from './testing/image-fetch.fixture.ts'
import { listen, startTcpServer, type TestServer } from './testing/web-server.fixture.ts'

const address = '127.0.0.1'
const { fetchImage, failure } = imageFetcher({ allow: [address], resolve: async () => [address] })
const systemsAuthorities = getCACertificates('default')
const servers: TestServer[] = []

afterEach(async () => {
  setDefaultCACertificates(systemsAuthorities)
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]()
})

describe('over TLS', () => {
  it('a host is fetched under its own name, though it is connected to by its address', async () => {
    const { cert, port, names } = await serve('cdn.example.org')
    setDefaultCACertificates([cert])
    expect(await fetchImage(`https://cdn.example.org.:${port}/a.png`)).toMatchObject({ bytes: png })
    expect(names).toEqual(['cdn.example.org'])
  })

  it.each([
    ['signed by nobody known', 'cdn.example.org', {}, false],
    ['of another host', 'evil.example.org', {}, true],
    ['expired', 'cdn.example.org', { expired: true }, true],
  ])('a certificate that is %s refuses the host, before anything is asked', async (_, host, made, trusted) => {
    const { cert, port, names } = await serve(host, made)
    if (trusted) setDefaultCACertificates([cert])
    expect(await said(port)).toEqual(['INPUT_REFUSED', 'has no valid certificate'])
    expect(names).toEqual([])
  })

  it('a host that does not speak it is refused', async () => {
    const server = await startTcpServer(address, (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    servers.push(server)
    expect(await said(server.port)).toEqual(['INPUT_REFUSED', 'does not answer as TLS has it'])
  })

  it('a handshake that does not end is left, to be tried again later', async () => {
    const hasty = imageFetcher({ allow: [address], connectTimeoutMs: 200 })
    const server = await startTcpServer(address, () => {})
    servers.push(server)
    const { code, message } = await hasty.failure(`https://${address}:${server.port}/a.png`)
    expect([code, message]).toEqual(['INPUT_UNREACHABLE', expect.stringContaining('did not accept a connection')])
  })
})

async function said(port: number): Promise<[string, string]> {
  const { code, message } = await failure(`https://cdn.example.org:${port}/a.png`)
  return [code, message.replace(`cdn.example.org:${port} `, '')]
}

/** `names` are those that clients asked for in their handshakes, of the requests that were made. */
async function serve(host: string, options = {}) {
  const certificate = selfSigned(host, options)
  const names: unknown[] = []
  const server = createServer(certificate, ({ socket }, response) => {
    if (socket instanceof TLSSocket) names.push(socket.servername)
    response.end(png)
  })
  const started = await listen(server, address, 0)
  servers.push(started)
  return { cert: certificate.cert, port: started.port, names }
}
