import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isHostName } from './host-name.ts'
import type { IpAddress } from './public-address.ts'

/** What an operator lets producers fetch although it is inside. */
export interface AllowList {
  hasHost(host: string): boolean
  hasAddress(address: IpAddress): boolean
}

type Entry = { host: string } | { below: string } | { range: [IpAddress, number] }

/** Throws for an entry that cannot be read: a typing error must not close, or open, a network silently. */
export function readAllowList(texts: readonly string[]): AllowList {
  const entries = texts.map((text) => {
    const entry = readEntry(text)
    if (entry === null) throw new Error(`${JSON.stringify(text)} is no host name, *.host name, IP address or CIDR`)
    return entry
  })
  return {
    hasHost: (host) => entries.some((entry) => matchesHost(entry, host)),
    hasAddress: (address) => entries.some((entry) => 'range' in entry && isWithin(address, entry.range)),
  }
}

/** For those who check settings. */
export const isAllowEntry = (text: string): boolean => readEntry(text) !== null

function readEntry(text: string): Entry | null {
  if (isIP(text) !== 0) {
    const address = ipaddr.parse(text)
    return { range: [address, address.kind() === 'ipv4' ? 32 : 128] }
  }
  const [start = ''] = text.split('/')
  // Node's own check first: ipaddr.js also reads octal and short forms, where a typing error becomes another network.
  if (isIP(start) !== 0) return ipaddr.isValidCIDR(text) ? { range: ipaddr.parseCIDR(text) } : null
  const host = text.toLowerCase()
  if (host.startsWith('*.')) return isHostName(host.slice(2)) ? { below: host.slice(1) } : null
  return isHostName(host) ? { host } : null
}

function matchesHost(entry: Entry, host: string): boolean {
  if ('host' in entry) return entry.host === host
  return 'below' in entry && host.endsWith(entry.below)
}

function isWithin(address: IpAddress, [start, bits]: [IpAddress, number]): boolean {
  return address.kind() === start.kind() && address.match(start, bits)
}
