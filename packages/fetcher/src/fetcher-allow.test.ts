import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DnsServer, startDnsServer } from './testing/dns-server.fixture.ts'
import { imageFetcher, png } from './testing/image-fetch.fixture.ts'
import { startWebServer, type WebServer } from './testing/web-server.fixture.ts'

let dns: DnsServer
let server: WebServer
const urlOf = (host: string) => `http://${host}:${server.port}/a.png`

beforeAll(async () => {
  dns = await startDnsServer()
  server = await startWebServer('127.0.0.1', (_, response) => response.end(png))
  for (const name of ['files.lan', 'cam.files.lan', 'other.lan']) dns.set(name, () => ['127.0.0.1'])
})
afterAll(async () => {
  for (const each of [server, dns]) await each[Symbol.asyncDispose]()
})

describe('what an operator allows although it is inside', () => {
  it.each([
    ['files.lan', 'files.lan'],
    ['*.files.lan', 'cam.files.lan'],
    ['127.0.0.1', 'other.lan'],
    ['127.0.0.0/8', '127.0.0.1'],
    ['localhost', 'localhost'],
  ])('with %s, %s is fetched', async (entry, host) => {
    const { fetchImage } = imageFetcher({ allow: [entry], resolve: dns.resolve })
    expect(await fetchImage(urlOf(host))).toEqual({ bytes: png, contentType: null })
  })

  it.each([
    ['files.lan', 'cam.files.lan'],
    ['*.files.lan', 'files.lan'],
    ['10.0.0.0/8', 'files.lan'],
    ['files.lan', '127.0.0.1'],
  ])('with %s, %s is still refused', async (entry, host) => {
    const { failure } = imageFetcher({ allow: [entry], resolve: dns.resolve })
    expect(await failure(urlOf(host))).toMatchObject({ code: 'INPUT_REFUSED' })
  })

  it.each(['169.254.169.254', 'fe80::1', '0.0.0.0', '224.0.0.1', '::ffff:127.0.0.1'])(
    'by its name is refused at %s, which only an address lets in',
    async (address) => {
      const { failure } = imageFetcher({ allow: ['files.lan'], resolve: async () => [address] })
      expect(await failure(urlOf('files.lan'))).toMatchObject({ code: 'INPUT_REFUSED' })
    },
  )

  it('goes past the proxies of the environment', async () => {
    const nobody = 'http://127.0.0.1:9'
    Object.assign(process.env, { HTTP_PROXY: nobody, http_proxy: nobody, NODE_USE_ENV_PROXY: '1' })
    try {
      const { fetchImage } = imageFetcher({ allow: ['files.lan'], resolve: dns.resolve })
      expect(await fetchImage(urlOf('files.lan'))).toMatchObject({ bytes: png })
    } finally {
      for (const name of ['HTTP_PROXY', 'http_proxy', 'NODE_USE_ENV_PROXY']) delete process.env[name]
    }
  })
})
