import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Address } from './guarded-addresses.ts'

/** After so long without a connection, a host is tried at its next address. Node's own 250 ms gives up on far ones. */
const nextAddressAfterMs = 1_000

const headers = {
  accept: '*/*',
  // What comes compressed could be a thousand times what was counted.
  'accept-encoding': 'identity',
  'user-agent': 'inferq',
}

/**
 * Asks for a URL at addresses that were checked, and nowhere else: over a connection of its own, which nothing else
 * uses before or after, with no proxy, cookie or authorization. Resolves when the headers are there.
 */
export function ask(
  url: URL,
  addresses: readonly Address[],
  { signal, onConnected }: { signal: AbortSignal; onConnected: () => void },
): Promise<IncomingMessage> {
  const tls = url.protocol === 'https:'
  const connection = { lookup: pinnedTo(addresses), autoSelectFamilyAttemptTimeout: nextAddressAfterMs }
  return new Promise((resolve, reject) => {
    const asked = tls
      ? https.request(url, { agent: new https.Agent(connection), headers, signal })
      : http.request(url, { agent: new http.Agent(connection), headers, signal })
    asked.on('socket', (socket) => socket.once(tls ? 'secureConnect' : 'connect', onConnected))
    asked.on('response', resolve)
    // For as long as the socket lives: an error that nobody hears would end the process.
    asked.on('error', reject)
    asked.on('close', () => reject(Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' })))
    asked.end()
  })
}

function pinnedTo(addresses: readonly Address[]): LookupFunction {
  return (_host, { all }, answer) => {
    const [first] = addresses
    if (all === true) answer(null, [...addresses])
    else if (first !== undefined) answer(null, first.address, first.family)
  }
}
