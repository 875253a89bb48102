import { describe, expect, it } from 'vitest'
import { isPublicAddress, readAddress } from './public-address.ts'

const inside = {
  'this network': ['0.0.0.0', '0.1.2.3'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fdff::1', 'fec0::1'],
  'link-local': ['169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  'metadata of clouds': ['169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '192.0.0.192', '168.63.129.16'],
  'shared by a provider': ['100.64.0.1', '100.127.255.255'],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  benchmarking: ['198.18.0.1', '198.19.255.255', '2001:2::1'],
  'multicast and broadcast': ['224.0.0.1', '239.255.255.255', '255.255.255.255', 'ff02::1'],
  reserved: ['192.0.0.1', '192.88.99.1', '240.0.0.1', '254.0.0.1', '::', '100::1', '5f00::1', '4000::1', 'e000::1'],
  'IPv4 within IPv6': [
    '::ffff:8.8.8.8',
    '::ffff:7f00:1',
    '::8.8.8.8',
    '::ffff:0:8.8.8.8',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
  ],
  'tunnels to IPv4': ['2002:7f00:1::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001::1'],
}

describe('an address is public', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '172.15.0.1',
    '172.32.0.1',
    '100.63.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00::1',
  ])('when it belongs to the internet: %s', (text) => expect(isPublic(text)).toBe(true))

  it.each(Object.entries(inside))('never when it is %s', (_kind, texts) => {
    expect(texts.filter(isPublic)).toEqual([])
  })

  it('only in the one usual way of writing it', () => {
    const unusual = ['0177.0.0.1', '0x7f.0.0.1', '127.1', '2130706433', '8.8.8', '8.8.8.8 ', '[::1]', '', 'localhost']
    expect(unusual.filter((text) => readAddress(text) !== null)).toEqual([])
  })
})

function isPublic(text: string): boolean {
  const address = readAddress(text)
  if (address === null) throw new Error(`${text} is no address`)
  return isPublicAddress(address)
}
