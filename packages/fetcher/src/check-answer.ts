import type { IncomingMessage } from 'node:http'
import { JobError } from '@inferq/contracts'
import { retryAfterMs } from './retry-after.ts'

/** Of the 4xx answers, those that say "not now" rather than "never". */
const passing = [408, 425, 429]

/** What servers say of bytes whose type they do not know. */
const bytesOnly = ['application/octet-stream', 'binary/octet-stream']

export interface Expected {
  /** What messages call the one who answered. */
  who: string
  contentTypes: readonly string[]
  maxBytes: number
}

export interface Headers {
  contentType: string | null
  contentLength: number | null
}

/** Throws unless the body of this answer is worth reading. */
export function checkAnswer(
  { statusCode = 0, headers }: IncomingMessage,
  { who, contentTypes, maxBytes }: Expected,
): Headers {
  checkStatus(statusCode, headers['retry-after'], who)

  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? ''
  if (encoding !== '' && encoding !== 'identity') {
    throw new JobError('INPUT_REFUSED', `${who} answered in a content-encoding, though it was asked not to`)
  }

  const contentType = headers['content-type']?.split(';')[0]?.trim().toLowerCase() || null
  const taken = contentType === null || [...bytesOnly, ...contentTypes].some((start) => contentType.startsWith(start))
  if (!taken) {
    const wanted = contentTypes.map((start) => (start.endsWith('/') ? `${start}*` : start)).join(' or ')
    throw new JobError('INPUT_REFUSED', `${who} answered with ${nameOfType(contentType)} instead of ${wanted}`)
  }

  const contentLength = headers['content-length'] === undefined ? null : Number(headers['content-length'])
  if (contentLength !== null && contentLength > maxBytes) throw tooLarge(who, maxBytes)
  return { contentType, contentLength }
}

export const tooLarge = (who: string, maxBytes: number) =>
  new JobError('INPUT_TOO_LARGE', `${who} answered with more than ${maxBytes} bytes`)

function checkStatus(status: number, retryAfter: string | undefined, who: string): void {
  if (status >= 200 && status < 300) return
  const message = `${who} answered with status ${status}`
  if (status < 500 && !passing.includes(status)) throw new JobError('INPUT_REFUSED', message)
  const waitMs = retryAfterMs(retryAfter)
  throw new JobError('INPUT_UNREACHABLE', message, waitMs === null ? {} : { retryAfterMs: waitMs })
}

/** What a server calls its answer is said again only where it is the name of a type. */
const nameOfType = (type: string) => (/^[\w.+-]{1,40}\/[\w.+-]{1,60}$/.test(type) ? type : 'an unknown type')
