import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

export type IpAddress = ReturnType<typeof ipaddr.parse>

/** All of IPv6 that is given out to networks; what else there is serves special purposes. */
const globalUnicast = ipaddr.parseCIDR('2000::/3')

/** Outwardly public, but a cloud's own service to the machines in it: Azure's WireServer. */
const insideOfClouds = ['168.63.129.16']

/** Where a host that an operator allowed by its name may be. */
const privateRanges = ['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']

/** Null for what is no address, which is then never fetched. */
export const readAddress = (text: string): IpAddress | null => (isIP(text) === 0 ? null : ipaddr.parse(text))

/**
 * Whether an address belongs to the internet. IPv6 addresses that carry an IPv4 address in them (mapped, compatible,
 * NAT64, 6to4, Teredo) never do: they are ways around a look at the address itself.
 */
export function isPublicAddress(address: IpAddress): boolean {
  if (address.range() !== 'unicast' || insideOfClouds.includes(address.toString())) return false
  return address.kind() === 'ipv4' || address.match(globalUnicast)
}

export const isPrivateAddress = (address: IpAddress): boolean => privateRanges.includes(address.range())
