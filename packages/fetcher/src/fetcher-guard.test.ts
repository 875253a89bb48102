import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DnsServer, startDnsServer } from './testing/dns-server.fixture.ts'
import { imageFetcher, png } from './testing/image-fetch.fixture.ts'
import { startWebServer, type WebServer } from './testing/web-server.fixture.ts'

// 127.0.0.2 plays the internet: it is allowed, and no other address of this machine is. 127.0.0.1 is inside.
const outsideAddress = '127.0.0.2'
let dns: DnsServer
let outside: WebServer
let inside: WebServer
let fetcher: ReturnType<typeof imageFetcher>
let location = ''
const urlOf = (host: string, path = '/a.png') => `http://${host}:${outside.port}${path}`

beforeAll(async () => {
  dns = await startDnsServer()
  outside = await startWebServer(outsideAddress, ({ url }, response) => {
    if (url?.startsWith('/redirect')) response.writeHead(302, { location, 'set-cookie': 'a=b' }).end()
    else response.writeHead(200, { 'content-type': 'image/png' }).end(png)
  })
  // On the same port, so that nothing but the address tells inside from outside.
  inside = await startWebServer('127.0.0.1', (_, response) => response.end(png), outside.port)
  fetcher = imageFetcher({ allow: [outsideAddress], resolve: dns.resolve })
  dns.set('cdn.example.org', () => [outsideAddress])
  dns.set('inside.example.org', () => ['127.0.0.1'])
})
beforeEach(() => {
  outside.requests.length = 0
})
afterAll(async () => {
  await fetcher.close()
  const connections = inside.connections
  for (const server of [inside, outside, dns]) await server[Symbol.asyncDispose]()
  expect(connections, 'connections that the inside server ever saw').toBe(0)
})

describe('a name', () => {
  it('is fetched from the address that it resolves to', async () => {
    expect(await fetcher.fetchImage(urlOf('cdn.example.org'))).toEqual({ bytes: png, contentType: 'image/png' })
  })

  it('is looked up once, and what was checked is what is connected to, so that it cannot be rebound', async () => {
    dns.set('rebinding.example.org', (lookup) => [lookup === 1 ? outsideAddress : '127.0.0.1'])
    await fetcher.fetchImage(urlOf('rebinding.example.org', '/first.png'))
    expect(dns.lookups('rebinding.example.org')).toBe(1)

    await refused('rebinding.example.org', 'is not a public address')
    expect(dns.lookups('rebinding.example.org')).toBe(2)
    expect(outside.requests).toEqual(['/first.png'])
  })

  it.each([
    ['is inside', ['127.0.0.1']],
    ['is inside, of IPv6', ['::1']],
    ['is an IPv4 address within IPv6', ['::ffff:127.0.0.1']],
    ['is an allowed IPv4 address within IPv6', [`::ffff:${outsideAddress}`]],
    ["is a cloud's metadata service", ['169.254.169.254']],
    ['is this machine\'s "any" address', ['0.0.0.0']],
  ])('is refused when its address %s', async (_, addresses) => {
    dns.set('trap.example.org', () => addresses)
    await refused('trap.example.org', 'is not a public address')
  })

  it.each([
    ['first', ['127.0.0.1', outsideAddress]],
    ['last', [outsideAddress, '127.0.0.1']],
    ['of the other family', [outsideAddress, '::1']],
  ])('is refused when one of its addresses is inside, the %s', async (_, addresses) => {
    dns.set('mixed.example.org', () => addresses)
    await refused('mixed.example.org', 'is not a public address')
    expect(outside.requests).toEqual([])
  })

  it.each(['localhost', 'localhost.', 'LOCALHOST', 'app.localhost', 'app.localhost.'])(
    'of this machine is refused, whatever the name server says: %s',
    async (host) => {
      dns.set(host.toLowerCase().replace(/[.]$/, ''), () => [outsideAddress])
      await refused(host, 'is not a public address')
      expect(dns.lookups('localhost') + dns.lookups('app.localhost')).toBe(0)
    },
  )
})

it.each([
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '2130706433',
  '0177.0.0.1',
  '0x7f.1',
  '0',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '169.254.169.254',
  '[fd00:ec2::254]',
])('the host %s is refused before any connection', async (host) => {
  await refused(host, 'is not a public address')
})

describe('a redirect', () => {
  it.each([
    ['to an inside address', () => urlOf('127.0.0.1'), 'is not a public address'],
    ['to an inside address as a number', () => urlOf('2130706433'), 'is not a public address'],
    ['to a name that is inside', () => urlOf('inside.example.org'), 'is not a public address'],
    ['to localhost', () => urlOf('localhost'), 'is not a public address'],
    ['to the network path of an inside address', () => `//127.0.0.1:${outside.port}/`, 'is not a public address'],
    ['to a file', () => 'file:///etc/passwd', 'would be fetched over file:'],
    ['to FTP', () => 'ftp://cdn.example.org/a.png', 'would be fetched over ftp:'],
    ['to data', () => 'data:image/png;base64,AAAA', 'would be fetched over data:'],
    ['to a URL with credentials', () => urlOf('a:b@cdn.example.org'), 'carries credentials'],
    ['to nowhere', () => 'http://', 'is not a valid URL'],
  ])('%s is refused', async (_, to, said) => {
    location = to()
    const error = await fetcher.failure(urlOf('cdn.example.org', '/redirect'))
    const message = expect.stringContaining(`the address that cdn.example.org:${outside.port} redirects to ${said}`)
    expect({ code: error.code, message: error.message }).toEqual({ code: 'INPUT_REFUSED', message })
    expect(outside.requests).toEqual(['/redirect'])
  })

  it('to a place that does not answer is tried again later, and its name is not told', async () => {
    location = 'http://127.0.0.2:1/a.png'
    expect(await fetcher.failure(urlOf('cdn.example.org', '/redirect'))).toMatchObject({
      code: 'INPUT_UNREACHABLE',
      message: `the address that cdn.example.org:${outside.port} redirects to refused the connection`,
    })
  })

  it('to itself is followed three times and no more', async () => {
    location = '/redirect'
    expect(await fetcher.failure(urlOf('cdn.example.org', '/redirect'))).toMatchObject({
      code: 'INPUT_REFUSED',
      message: `cdn.example.org:${outside.port} redirects more than 3 times`,
    })
    expect(outside.requests).toHaveLength(4)
  })

  it('to another public place is followed, with its name looked up anew', async () => {
    location = urlOf('other.example.org', '/b.png')
    dns.set('other.example.org', () => [outsideAddress])
    expect(await fetcher.fetchImage(urlOf('cdn.example.org', '/redirect'))).toMatchObject({ bytes: png })
    expect(outside.requests).toEqual(['/redirect', '/b.png'])
  })

  it('to a name that was rebound in the meantime is refused', async () => {
    location = urlOf('turncoat.example.org', '/b.png')
    dns.set('turncoat.example.org', (lookup) => [lookup === 1 ? outsideAddress : '127.0.0.1'])
    const error = await fetcher.failure(urlOf('turncoat.example.org', '/redirect'))
    expect(error).toMatchObject({ code: 'INPUT_REFUSED' })
    expect(outside.requests).toEqual(['/redirect'])
  })
})

async function refused(host: string, said: string): Promise<void> {
  const { code, message } = await fetcher.failure(urlOf(host))
  expect({ code, message }).toEqual({ code: 'INPUT_REFUSED', message: expect.stringContaining(said) })
}
