import { createSocket } from 'node:dgram'
import { promises as dns } from 'node:dns'
import { isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'
import type { Resolve } from '../guarded-addresses.ts'

/** What a name has: addresses of both families, or what is sent in their place. */
type Records = readonly string[] | 'no such name' | 'server failure' | 'silence'

export interface DnsServer extends AsyncDisposable {
  /** `records` is asked anew for each look-up, which is how a name changes between two of them. */
  set(name: string, records: (lookup: number) => Records): void
  /** Look-ups of a name so far. */
  lookups(name: string): number
  resolve: Resolve
}

const types = { a: 1, aaaa: 28 } as const
const codes = { 'no such name': 3, 'server failure': 2 } as const

/** A name server on a UDP port of this machine, and a resolver that asks it and no other. */
export async function startDnsServer(): Promise<DnsServer> {
  const names = new Map<string, (lookup: number) => Records>()
  const counts = new Map<string, number>()
  const socket = createSocket('udp4')

  socket.on('message', (query, from) => {
    const { name, type, end } = readQuestion(query)
    // The A question comes first and starts a look-up; the AAAA question belongs to the same one.
    if (type === types.a) counts.set(name, (counts.get(name) ?? 0) + 1)
    const records = names.get(name)?.(counts.get(name) ?? 1) ?? 'no such name'
    if (records !== 'silence') socket.send(answerTo(query.subarray(0, end), type, records), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))

  const resolver = new dns.Resolver({ timeout: 1_000, tries: 1 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return {
    set: (name, records) => names.set(name, records),
    lookups: (name) => counts.get(name) ?? 0,
    async resolve(host) {
      const v4 = await resolver.resolve4(host).catch(noneOfThisType)
      return [...v4, ...(await resolver.resolve6(host).catch(noneOfThisType))]
    },
    async [Symbol.asyncDispose]() {
      resolver.cancel()
      await new Promise<void>((resolve) => socket.close(resolve))
    },
  }
}

function noneOfThisType(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENODATA') return []
  throw error
}

function readQuestion(query: Buffer) {
  const labels: string[] = []
  let at = 12
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}

function answerTo(question: Buffer, type: number, records: Exclude<Records, 'silence'>): Buffer {
  const failed = typeof records === 'string'
  const wanted = failed ? [] : records.filter((address) => isIPv4(address) === (type === types.a))
  const header = Buffer.from(question)
  header.writeUInt16BE(0x8180 | (failed ? codes[records] : 0), 2)
  header.writeUInt16BE(wanted.length, 6)
  header.fill(0, 8, 12)
  return Buffer.concat([header, ...wanted.map((address) => recordOf(address, type))])
}

function recordOf(address: string, type: number): Buffer {
  const bytes = ipaddr.parse(address).toByteArray()
  // The name of the question, this type, class IN, a time to live of 0 s, and the address.
  return Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 0, 0, bytes.length, ...bytes])
}
