import { createHttpClient } from '../http-client.ts'
import type { Body } from './multipart.ts'

export interface Answer {
  status: number
  type: string
  /** As it came. */
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  data: any
  /** It came over a connection that an earlier request had opened. */
  reused: boolean
}

export interface WireOptions {
  /** null: none is sent. */
  key: string | null
  appId?: string
  userAgentPrefix?: string
}

/** Requests as the Python client's HTTP layer sends them. Answers come back whatever their status. */
export interface Wire {
  /** `path` begins below the base; a whole address, as `next` is one, is asked as it stands. */
  send(method: string, path: string, body?: Body): Promise<Answer>
  get(path: string): Promise<Answer>
  /** A body of JSON. */
  json(method: string, path: string, value: unknown): Promise<Answer>
  close(): void
}

/** After so long the client gives up on a request. */
const timeoutMs = 8_000

const userAgent = 'deepomatic-api-python-client/0.10.0 requests/2.32.3 python/3.11.9 platform/Linux-6.1.0-x86_64'

export function openWire(base: string, { key, appId, userAgentPrefix }: WireOptions): Wire {
  const http = createHttpClient('')
  const own = {
    'User-Agent': userAgentPrefix === undefined ? userAgent : `${userAgentPrefix} ${userAgent}`,
    'Accept-Encoding': 'gzip, deflate',
    Connection: 'keep-alive',
    ...(key === null ? {} : { 'X-API-KEY': key }),
    ...(appId === undefined ? {} : { 'X-APP-ID': appId }),
  }
  const send: Wire['send'] = async (method, path, body) => {
    const type = body?.type ?? 'application/json'
    const accept = type.startsWith('multipart/') ? '*/*' : 'application/json'
    const startedAt = performance.now()
    const answer = await http.send(
      method,
      path.startsWith('http') ? path : `${base}${path}`,
      { ...own, Accept: accept, 'Content-Type': type },
      body?.bytes ?? (method === 'GET' ? null : ''),
    )
    const what = `${method} ${path.slice(0, 100)}`
    if (performance.now() - startedAt > timeoutMs) throw new Error(`${what}: the client has given up by now`)
    return readAnswer(what, answer)
  }
  return {
    send,
    get: (path) => send('GET', path),
    json: (method, path, value) =>
      send(method, path, { type: 'application/json', bytes: Buffer.from(JSON.stringify(value)) }),
    close: http.close,
  }
}

type HttpAnswer = Awaited<ReturnType<ReturnType<typeof createHttpClient>['send']>>

/** Throws where the client would stumble over the answer, whatever it says. */
function readAnswer(what: string, { status, headers, body: text, reused }: HttpAnswer): Answer {
  const type = headers['content-type'] ?? ''
  // It would be followed by a GET without the body.
  if (status >= 300 && status < 400) throw new Error(`${what}: a redirect to ${headers.location}`)
  if (status === 204) {
    if (text !== '') throw new Error(`${what}: 204 with a body`)
    return { status, type, text, data: null, reused }
  }
  if (!type.includes('application/json')) throw new Error(`${what}: ${status} with the type "${type}": ${text}`)
  return { status, type, text, data: JSON.parse(text), reused }
}
