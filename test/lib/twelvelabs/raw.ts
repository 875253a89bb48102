import { createHttpClient } from '../http-client.ts'
import { secretKey } from '../inferq.ts'

export interface RawAnswer {
  status: number
  headers: Readonly<Record<string, string | string[] | undefined>>
  text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  data: any
}

export interface RawOptions {
  /** null: none is sent. */
  key?: string | null
  headers?: Readonly<Record<string, string>>
}

/** What the official client refuses to send. */
export interface Raw {
  /** `path` begins below `/v1.3`; a text is sent as it is, all else as JSON. */
  send(method: string, path: string, body?: unknown, options?: RawOptions): Promise<RawAnswer>
  get(path: string, options?: RawOptions): Promise<RawAnswer>
  post(path: string, body: unknown, options?: RawOptions): Promise<RawAnswer>
  close(): void
}

export function openRaw(baseUrl: string): Raw {
  const http = createHttpClient(baseUrl)
  const send: Raw['send'] = async (method, path, body, { key = secretKey, headers = {} } = {}) => {
    const sent = {
      ...(key === null ? {} : { 'x-api-key': key }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    }
    const text = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await http.send(method, path, sent, text)
    return { ...answer, text: answer.body, data: answer.body === '' ? undefined : JSON.parse(answer.body) }
  }
  return {
    send,
    get: (path, options) => send('GET', path, undefined, options),
    post: (path, body, options) => send('POST', path, body, options),
    close: http.close,
  }
}
