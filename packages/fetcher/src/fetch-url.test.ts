import { describe, expect, it } from 'vitest'
import { hostOf, readFetchUrl } from './fetch-url.ts'

const read = (text: string, base?: string) => readFetchUrl(text, 'it', base === undefined ? undefined : new URL(base))

describe('a URL to fetch', () => {
  it.each([
    ['ftp://example.org/a', 'would be fetched over ftp:'],
    ['file:///etc/passwd', 'would be fetched over file:'],
    ['data:image/png;base64,AA', 'would be fetched over data:'],
    ['gopher://127.0.0.1:6379/_FLUSHALL', 'would be fetched over gopher:'],
    ['example.org/a.png', 'is not a valid URL'],
    ['http://', 'is not a valid URL'],
    ['http://[fe80::1%25eth0]/', 'is not a valid URL'],
    ['http://256.256.256.256/', 'is not a valid URL'],
    ['http://user@example.org/', 'carries credentials'],
    ['http://:secret@example.org/', 'carries credentials'],
    ['http://example.org:6379/', 'is on port 6379'],
    ['https://example.org:22/', 'is on port 22'],
    ['http://example..org/', 'has no valid host name'],
    ['http://example.org../', 'has no valid host name'],
    ['http://ex$ample.org/', 'has no valid host name'],
  ])('%s is refused: %s', (url, said) => {
    expect(() => read(url)).toThrow(
      expect.objectContaining({ code: 'INPUT_REFUSED', message: expect.stringContaining(said) }),
    )
  })

  it.each([
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0x7f.1/',
    'http://127.1/',
    'http://127.0.0.1./',
    'http://127.0.0.1../',
    'http://%31%32%37.0.0.1/',
    'http://①②⑦.0.0.①/',
    'http:\\\\127.0.0.1\\',
  ])('%s is read as the address that it means', (url) => expect(hostOf(read(url))).toBe('127.0.0.1'))

  it('is the same host with a dot at the end of its name', () => {
    expect(read('http://Example.ORG./a.png').href).toBe('http://example.org/a.png')
  })

  it('may be on any port where a web server could be', () => {
    expect(read('http://example.org:8443/').port).toBe('8443')
  })

  it('never leads from https to http, but the other way', () => {
    expect(() => read('http://example.org/', 'https://example.org/')).toThrow(
      'is http, though what led there was https',
    )
    expect(read('https://example.org/', 'http://example.org/').protocol).toBe('https:')
    expect(read('b.png', 'https://example.org/a.png').href).toBe('https://example.org/b.png')
  })
})
