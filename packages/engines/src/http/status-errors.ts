import { JobError, type JobErrorCode } from '@inferq/contracts'
import { z } from 'zod'
import type { Server, ServerAnswer } from './server.ts'

/** The forms in which servers say what was wrong: OpenAI and vLLM, TEI, TEI under /v1, FastAPI. */
const ErrorBody = z.union([
  z.object({ error: z.object({ message: z.string() }) }).transform(({ error }) => error.message),
  z.object({ error: z.string() }).transform(({ error }) => error),
  z.object({ message: z.string() }).transform(({ message }) => message),
  z
    .object({ detail: z.unknown() })
    .transform(({ detail }) => (typeof detail === 'string' ? detail : JSON.stringify(detail))),
])

const maxMessageLength = 500
const maxRetryAfterMs = 600_000

/** What an answer other than success (and 413, which the engine acts on) means for the attempt. */
export function errorOfAnswer(server: Server, { status, headers, body }: ServerAnswer): JobError {
  const { code, says } = meaningOf(status)
  const detail = withoutKey(server, messageIn(body))
  return new JobError(code, `the model server ${says} (${status})${detail === '' ? '' : `: ${detail}`}`, {
    cause: new Error(`${status} from ${new URL(server.baseUrl).origin}`),
    ...retryAfter(code, headers),
  })
}

function meaningOf(status: number): { code: JobErrorCode; says: string } {
  if (status === 429) return { code: 'ENGINE_UNAVAILABLE', says: 'is overloaded' }
  if (status === 503) return { code: 'ENGINE_UNAVAILABLE', says: 'is not ready' }
  if (status === 401 || status === 403)
    return { code: 'ENGINE_REFUSED', says: "refused the worker's key; check the API key set for it" }
  if (status >= 300 && status < 400)
    return { code: 'ENGINE_REFUSED', says: 'redirects; the worker needs its final address' }
  if (status === 408 || status === 424 || status >= 500) return { code: 'ENGINE_FAILED', says: 'failed' }
  return { code: 'ENGINE_REFUSED', says: 'refused the request' }
}

function messageIn(body: string): string {
  try {
    return ErrorBody.parse(JSON.parse(body)).slice(0, maxMessageLength)
  } catch {
    return body.trim().startsWith('<') ? '' : body.trim().slice(0, maxMessageLength)
  }
}

/** Servers like to repeat a wrong key in the message that refuses it. */
const withoutKey = ({ apiKey }: Server, text: string) => (apiKey ? text.replaceAll(apiKey, '[key]') : text)

function retryAfter(code: JobErrorCode, headers: Headers): { retryAfterMs?: number } {
  const value = headers.get('retry-after')
  if (code !== 'ENGINE_UNAVAILABLE' || value === null) return {}
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? {} : { retryAfterMs: Math.min(Math.max(ms, 0), maxRetryAfterMs) }
}
