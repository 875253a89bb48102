import type { ByteRange, FileFacts } from '@inferq/domain'
import type { FastifyRequest } from 'fastify'
import { parseRange } from './range.ts'
import { etagOf, isKnown, isRangeOf } from './version.ts'

/** How a download is answered; `part` is absent where nothing of the file is sent. */
export interface Plan {
  status: 200 | 206 | 304 | 416
  headers: Record<string, string | number>
  part?: ByteRange | 'all'
}

export function planDownload(headers: FastifyRequest['headers'], facts: FileFacts): Plan {
  const { size, modifiedAt } = facts
  const version = {
    etag: etagOf(facts),
    'last-modified': modifiedAt.toUTCString(),
    'accept-ranges': 'bytes',
    // Files of one company, which can be replaced at any time.
    'cache-control': 'private, no-cache',
  }
  if (isKnown(headers, facts)) return { status: 304, headers: version }
  const range = isRangeOf(headers, facts) ? parseRange(headers.range, size) : null
  if (range === 'unsatisfiable') return { status: 416, headers: { ...version, 'content-range': `bytes */${size}` } }
  if (range === null) return { status: 200, headers: { ...version, 'content-length': size }, part: 'all' }
  const { start, end } = range
  const shown = { 'content-range': `bytes ${start}-${end}/${size}`, 'content-length': end - start + 1 }
  return { status: 206, headers: { ...version, ...shown }, part: range }
}
