import type { IncomingMessage } from 'node:http'
import { arrayBuffer } from 'node:stream/consumers'
import { JobError } from '@inferq/contracts'
import { readAllowList } from './allow-list.ts'
import { checkAnswer, type Expected, type Headers } from './check-answer.ts'
import { startClock } from './clock.ts'
import { followRedirects } from './follow-redirects.ts'
import { resolveAsThisMachine } from './guarded-addresses.ts'
import { readBody } from './read-body.ts'
import type { Fetcher, FetcherOptions, FetchOptions, Opened } from './types.ts'

const defaults = {
  maxRedirects: 3,
  connectTimeoutMs: 5_000,
  headersTimeoutMs: 15_000,
  bodyIdleTimeoutMs: 10_000,
  totalTimeoutMs: 60_000,
  resolve: resolveAsThisMachine,
}

/** Throws when `allow` has an entry that cannot be read. */
export function createFetcher({ allow = [], ...options }: FetcherOptions = {}): Fetcher {
  const settings = { ...defaults, ...options, allow: readAllowList(allow) }
  const closing = new AbortController()

  async function open(url: string, { signal, maxBytes, contentTypes }: FetchOptions): Promise<Opened> {
    const host = URL.parse(url)?.host || 'the URL'
    const clock = startClock(AbortSignal.any([signal, closing.signal]), settings.totalTimeoutMs, host)
    try {
      clock.signal.throwIfAborted()
      const { answer, who } = await followRedirects(url, host, { ...settings, clock })
      const body = readBody(answer, { clock, who, maxBytes, idleTimeoutMs: settings.bodyIdleTimeoutMs })
      return { ...checkOrEnd(answer, { who, maxBytes, contentTypes }), body }
    } catch (error) {
      clock.stop()
      throw clock.signal.aborted ? clock.signal.reason : error
    }
  }

  return {
    open,

    async fetchBytes(url, options) {
      const { body, contentType } = await open(url, options)
      return { bytes: new Uint8Array(await arrayBuffer(body)), contentType }
    },

    close: async () => closing.abort(new JobError('WORKER_SHUTDOWN', 'the worker is stopping')),
  }
}

function checkOrEnd(answer: IncomingMessage, expected: Expected): Headers {
  try {
    return checkAnswer(answer, expected)
  } catch (error) {
    answer.destroy()
    throw error
  }
}
