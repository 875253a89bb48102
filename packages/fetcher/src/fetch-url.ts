import { isIP } from 'node:net'
import { JobError } from '@inferq/contracts'
import { isHostName } from './host-name.ts'

/**
 * Services that take harm from, or act on, what looks like HTTP: remote shells, mail, names, files, databases, queues,
 * container runtimes. No web server is there.
 */
const refusedPorts = new Set(
  [
    [22, 23, 25, 53, 69, 110, 111, 119, 135, 137, 139, 143, 161, 179, 389, 445, 465, 512, 513, 514, 587, 636, 993, 995],
    [1433, 1521, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 5432, 5672, 5900, 6379, 6380, 6443, 9042, 9092, 9200, 9300],
    [10250, 11211, 27017],
  ].flatMap((ports) => ports.map(String)),
)

/** A URL that may be asked for, if the addresses behind its host may; `who` is how messages call it. */
export function readFetchUrl(text: string, who: string, base?: URL): URL {
  const url = URL.parse(text, base?.href)
  if (url === null) throw new JobError('INPUT_REFUSED', `${who} is not a valid URL`)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new JobError('INPUT_REFUSED', `${who} would be fetched over ${url.protocol} instead of http: or https:`)
  }
  if (base?.protocol === 'https:' && url.protocol === 'http:') {
    throw new JobError('INPUT_REFUSED', `${who} is http, though what led there was https`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new JobError('INPUT_REFUSED', `${who} carries credentials; sign the URL instead`)
  }
  if (refusedPorts.has(url.port))
    throw new JobError('INPUT_REFUSED', `${who} is on port ${url.port}, where no web server is`)
  // The same host with and without its last dot would be two names to the allow-list and to certificates.
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.slice(0, -1)
  if (isIP(hostOf(url)) === 0 && !isHostName(url.hostname)) {
    throw new JobError('INPUT_REFUSED', `${who} has no valid host name`)
  }
  return url
}

/** The host name or address, without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1')
