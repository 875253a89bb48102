import { JobError } from '@inferq/contracts'

/** A server that speaks OpenAI's embeddings wire, and how it is asked. */
export interface Server {
  /** Ends in `/v1` as a rule. */
  readonly baseUrl: string
  readonly apiKey?: string | undefined
  readonly timeoutMs: number
}

export interface ServerAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** The place of paths that are not part of the OpenAI wire: `/info`, `/health`. */
export const rootUrl = ({ baseUrl }: Server): string => baseUrl.replace(/\/v1$/, '')

export const get = (server: Server, url: string, signal: AbortSignal) => ask(server, url, { method: 'GET' }, signal)

export const post = (server: Server, url: string, body: unknown, signal: AbortSignal) =>
  ask(server, url, { method: 'POST', body: JSON.stringify(body) }, signal)

/** Any status is an answer. No answer at all is ENGINE_UNAVAILABLE; an abort rejects with the signal's reason. */
async function ask(server: Server, url: string, init: RequestInit, signal: AbortSignal): Promise<ServerAnswer> {
  const timeout = AbortSignal.timeout(server.timeoutMs)
  const headers: Record<string, string> = { accept: 'application/json', 'content-type': 'application/json' }
  if (server.apiKey !== undefined) headers.authorization = `Bearer ${server.apiKey}`
  try {
    // A redirected POST arrives as a GET, so a redirect is for a person to sort out.
    const response = await fetch(url, {
      ...init,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, timeout]),
    })
    return { status: response.status, headers: response.headers, body: await response.text() }
  } catch (cause) {
    signal.throwIfAborted()
    const problem = timeout.aborted ? `did not answer within ${server.timeoutMs / 1000} s` : 'could not be reached'
    throw new JobError('ENGINE_UNAVAILABLE', `the model server ${problem}`, { cause })
  }
}
