import { setTimeout as sleep } from 'node:timers/promises'
import { createHttpClient, type HttpAnswer } from '../http-client.ts'
import type { Say } from './say.ts'
import { assertShape, type Shape, type Shaped } from './shapes.ts'

export interface SessionOptions {
  url: string
  accessKey: string
  secretKey: string
  /** What it calls itself in the header of every request. */
  worker: string
  /** Between two tries, when nobody answers. */
  retryMs: number
  say: Say
}

export interface CallOptions {
  /** `2.14`; none: a path without a version. */
  version?: string
  /** Lines of JSON instead of one object, as the agent and the SDK send events. */
  lines?: readonly object[]
  /** The agent sends its log lines by POST, and all else by GET with a body. */
  method?: 'GET' | 'POST'
}

export interface Answer {
  code: number
  subcode: number
  msg: string
  data: Readonly<Record<string, unknown>>
}

export interface Session {
  /** Whatever the answer is. */
  call(endpoint: string, body?: object, options?: CallOptions): Promise<Answer>
  /** The data of a success, which must have this shape; any other answer ends the agent. */
  ask<const S extends Shape>(endpoint: string, body: object, shape: S, options?: CallOptions): Promise<Shaped<S>>
  close(): void
}

const envelope = {
  meta: {
    ...{ id: 'string', trx: 'string', endpoint: { name: 'string', requested_version: 'string' } },
    ...{ result_code: 'number', result_subcode: 'number', result_msg: 'string' },
  },
  data: 'object',
} as const satisfies Shape

/** Repeated until it works; the agent's own client does so for connection errors as well. */
const retried = new Set([429, 502, 503, 504, 509])
const leastApiVersion = 2.13

/** Logs in, then sends what the agent's client sends. Waits as long as it must for a server that is not there. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { url, worker, retryMs, say } = options
  const http = createHttpClient(url)
  let token = await login()

  async function send(path: string, method: string, headers: Record<string, string>, body: string): Promise<Answer> {
    const named = { ...headers, 'x-clearml-worker': worker, 'x-clearml-agent': 'clearml-agent-1.9.3' }
    for (;;) {
      const answer = await http.send(method, path, named, body).catch((error: Error) => error)
      if (!(answer instanceof Error) && !retried.has(answer.status)) return parse(path, answer)
      say('retry', { path, why: answer instanceof Error ? answer.message : `${answer.status}` })
      await sleep(retryMs)
    }
  }

  async function login(): Promise<string> {
    const basic = Buffer.from(`${options.accessKey}:${options.secretKey}`).toString('base64')
    const answer = await send('/auth.login?expiration_sec=3600', 'GET', { authorization: `Basic ${basic}` }, '')
    if (answer.code !== 200) throw new Error(`auth.login answered ${answer.code}/${answer.subcode}: ${answer.msg}`)
    assertShape(answer.data, { token: 'string' }, 'auth.login')
    checkClaims(answer.data.token)
    say('login')
    return answer.data.token
  }

  const call: Session['call'] = async (endpoint, body = {}, { version, lines, method = 'GET' } = {}) => {
    const path = version === undefined ? `/${endpoint}` : `/v${version}/${endpoint}`
    const text = lines ? lines.map((line) => JSON.stringify(line)).join('\n') : JSON.stringify(body)
    const type = lines ? 'application/json-lines' : 'application/json'
    const headers = () => ({ authorization: `Bearer ${token}`, 'content-type': type })
    const answer = await send(path, method, headers(), text)
    if (answer.code !== 401) return answer
    token = await login()
    return send(path, method, headers(), text)
  }
  return {
    call,
    async ask(endpoint, body, shape, callOptions) {
      const answer = await call(endpoint, body, callOptions)
      if (answer.code !== 200) throw new Error(`${endpoint} answered ${answer.code}/${answer.subcode}: ${answer.msg}`)
      const data: unknown = answer.data
      assertShape(data, shape, endpoint)
      return data
    },
    close: () => http.close(),
  }
}

function parse(path: string, { status, body }: HttpAnswer): Answer {
  const answer: unknown = JSON.parse(body)
  assertShape(answer, envelope, path)
  const { meta, data } = answer
  if (meta.result_code !== status) throw new Error(`${path} answered ${status} and says ${meta.result_code}`)
  return { code: meta.result_code, subcode: meta.result_subcode, msg: meta.result_msg, data }
}

/** Read without a look at the signature, as clients do. */
function checkClaims(token: string): void {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  const wanted = { exp: 'number', api_version: 'string', server_version: 'string', feature_set: 'string' } as const
  assertShape(claims, wanted, 'the token')
  if (Number(claims.api_version) < leastApiVersion) throw new Error(`api_version is ${claims.api_version}`)
  if (claims.feature_set !== 'basic') throw new Error(`feature_set is ${claims.feature_set}`)
}
