import { describe, expect, it } from 'vitest'
import { isAllowEntry, readAllowList } from './allow-list.ts'
import { readAddress } from './public-address.ts'

const allows = (entry: string, text: string) => {
  const address = readAddress(text)
  return address !== null && readAllowList([entry]).hasAddress(address)
}

describe('an allow-list', () => {
  it('has a host under exactly its name', () => {
    const { hasHost } = readAllowList(['Files.lan'])
    expect(['files.lan', 'x.files.lan', 'files.lan.example.org', 'xfiles.lan'].filter(hasHost)).toEqual(['files.lan'])
  })

  it('has all names below a wildcard, but not the one it stands on', () => {
    const { hasHost } = readAllowList(['*.lan'])
    expect(['a.lan', 'a.b.lan', 'lan', 'alan', 'a.lan.org'].filter(hasHost)).toEqual(['a.lan', 'a.b.lan'])
  })

  it.each([
    ['10.0.0.7', '10.0.0.7', '10.0.0.8'],
    ['10.1.0.0/16', '10.1.255.255', '10.2.0.0'],
    ['fd00::7', 'fd00::7', 'fd00::8'],
    ['fd00:1::/32', 'fd00:1:ffff::1', 'fd00:2::1'],
    ['127.0.0.0/8', '127.0.0.1', '::ffff:127.0.0.1'],
  ])('%s has %s and not %s', (entry, within, outside) => {
    expect([allows(entry, within), allows(entry, outside)]).toEqual([true, false])
  })

  it('refuses an entry that it cannot read, so that a typing error opens nothing', () => {
    const wrong = [
      '',
      '*',
      '*.',
      '10.1',
      '10.0.0.0/33',
      '010.0.0.1',
      '10.0.0.0/',
      '0x7f.1',
      'a..b',
      'a.lan.',
      'http://a',
      'a:80',
      'a/8',
      'a b',
      '[::1]',
    ]
    expect(wrong.filter(isAllowEntry)).toEqual([])
    expect(() => readAllowList(['files.lan', '10.1'])).toThrow('"10.1" is no host name')
  })
})
