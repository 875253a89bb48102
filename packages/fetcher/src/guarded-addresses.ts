import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { JobError } from '@inferq/contracts'
import type { AllowList } from './allow-list.ts'
import { unreachable } from './network-error.ts'
import { type IpAddress, isPrivateAddress, isPublicAddress, readAddress } from './public-address.ts'
import { untilAborted } from './until-aborted.ts'

export interface Address {
  address: string
  family: 4 | 6
}

export type Resolve = (host: string) => Promise<readonly string[]>

export const resolveAsThisMachine: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address)

/**
 * The addresses of a host, once, each of them checked: who connects uses these and asks for no others. One address that
 * is inside refuses the host: a name that mixes them is a trap or a mistake, never a place for what all may read.
 */
export async function guardedAddresses(
  host: string,
  { who, resolve, allow, signal }: { who: string; resolve: Resolve; allow: AllowList; signal: AbortSignal },
): Promise<readonly Address[]> {
  const known = addressesOf(host, resolve).catch((error: unknown) => {
    throw unreachable(error, who)
  })
  const texts = await untilAborted(known, signal)
  if (texts.length === 0) throw new JobError('INPUT_UNREACHABLE', `${who} has no address`)
  const named = allow.hasHost(host)
  const mayConnect = (address: IpAddress) =>
    isPublicAddress(address) || (named && isPrivateAddress(address)) || allow.hasAddress(address)

  return texts.map((text) => {
    const address = readAddress(text)
    if (address === null || !mayConnect(address)) throw new JobError('INPUT_REFUSED', `${who} is not a public address`)
    return { address: text, family: address.kind() === 'ipv4' ? 4 : 6 }
  })
}

async function addressesOf(host: string, resolve: Resolve): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host]
  // By definition this machine, whatever a name server says.
  if (host === 'localhost' || host.endsWith('.localhost')) return ['127.0.0.1', '::1']
  return resolve(host)
}
