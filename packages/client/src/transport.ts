import { errorOf, InferqError } from './errors.ts'

export interface ClientOptions {
  /** Where the API is, without `/v1`: `http://127.0.0.1:8008`. */
  baseUrl: string
  secretKey: string
  fetch?: typeof fetch
  /** For one request, on top of the time that it asks the server to wait. */
  timeoutMs?: number
}

export interface Request {
  method?: 'GET' | 'POST' | 'DELETE'
  body?: unknown
  headers?: Record<string, string>
  query?: Record<string, QueryValue>
  signal?: AbortSignal | undefined
  /** How long the server may hold the request open. */
  waitSeconds?: number | undefined
}

type QueryValue = string | number | readonly string[] | undefined

export interface Transport {
  /** Sends and parses; answers `undefined` for 204. Rejects with `InferqError`, or with the signal's reason. */
  json<T>(path: string, request?: Request): Promise<T>
  /** Opens a stream of server-sent events, which has no time limit. */
  stream(path: string, request?: Request): Promise<Response>
}

export function createTransport({ baseUrl, secretKey, timeoutMs = 30_000, ...options }: ClientOptions): Transport {
  const base = baseUrl.replace(/\/+$/, '')
  // Looked up late and called plainly: browsers refuse `fetch` as a method of another object.
  const send = options.fetch ?? ((input, init) => fetch(input, init))

  async function open(path: string, request: Request, signal: AbortSignal | undefined): Promise<Response> {
    const url = `${base}/v1${path}${queryText(request.query)}`
    const headers: Record<string, string> = { authorization: `Bearer ${secretKey}`, ...request.headers }
    const init: RequestInit = { method: request.method ?? 'GET', headers, signal: signal ?? null }
    if (request.body !== undefined) {
      headers['content-type'] = 'application/json'
      init.body = JSON.stringify(request.body)
    }
    const response = await send(url, init).catch((cause: unknown) => {
      if (signal?.aborted) throw signal.reason
      throw new InferqError({ status: 0, code: 'UNREACHABLE', message: `no answer from ${base}` }, { cause })
    })
    if (!response.ok) throw await errorOf(response)
    return response
  }

  return {
    async json<T>(path: string, request: Request = {}) {
      const limitMs = timeoutMs + (request.waitSeconds ?? 0) * 1000
      const limit = AbortSignal.timeout(limitMs)
      const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit
      try {
        const response = await open(path, request, signal)
        return (response.status === 204 ? undefined : await response.json()) as T
      } catch (cause) {
        if (!limit.aborted || request.signal?.aborted) throw cause
        const message = `no answer from ${base} within ${limitMs} ms`
        throw new InferqError({ status: 0, code: 'TIMED_OUT', message }, { cause })
      }
    },
    stream: (path, request = {}) => open(path, request, request.signal),
  }
}

function queryText(query: Record<string, QueryValue> = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue
    for (const item of Array.isArray(value) ? value : [value]) params.append(name, String(item))
  }
  return params.size === 0 ? '' : `?${params}`
}
