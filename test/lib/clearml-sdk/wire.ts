import { createHttpClient } from '../http-client.ts'
import { checkAnswer } from './checks.ts'

export interface SdkAnswer {
  status: number
  subcode: number
  msg: string
  /** The version in the URL, as the server understood it. */
  version: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  data: any
}

export interface SdkOptions {
  /** How long a token should be good; absent: the request names no time. */
  expirationSec?: number
  /** Which of the two families of headers is sent; the SDK sends both. */
  prefixes?: readonly string[]
  /** The host or worker that the calls come from. */
  worker?: string
  /** The id of a user for whom an administrator's keys ask for a token. */
  onBehalfOf?: string
}

/** A session of the ClearML SDK, on the wire: what it sends, when, and what it demands of the answers. */
export interface SdkSession {
  /** The token that is in use. */
  readonly token: string
  /** Logins so far. */
  readonly logins: number
  /** Connections opened so far. */
  readonly connections: number
  /** The answer, whatever it is. */
  call(endpoint: string, body?: object): Promise<SdkAnswer>
  /** The data of a success. Throws on any other answer. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  ok(endpoint: string, body?: object): Promise<any>
  /** The answer to one request that carries all of these, a line each. */
  batch(endpoint: string, items: readonly object[]): Promise<SdkAnswer>
  close(): void
}

export interface TokenClaims {
  exp: number
  iat: number
  api_version: string
  server_version: string
  feature_set: string
  session_id: string
  identity: { user: string; company: string }
}

/** What a client reads in a token, which it does without verifying it. */
export const readClaims = (token: string): TokenClaims =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

/** The SDK has one set of requests for each of these. */
const requestSets = ['2.23', '2.20', '2.13', '2.9']
const minorOf = (version: string) => Number(version.split('.')[1])

/** A token is renewed when it is good for no longer than this. */
const renewBeforeSec = 60

/** Logs in with a pair of keys, or with a token that is still good, and goes on as the SDK does. */
export async function openSdkSession(
  baseUrl: string,
  credentials: { accessKey: string; secretKey: string } | { token: string },
  { expirationSec, prefixes = ['X-ClearML', 'X-Trains'], worker = 'workstation', onBehalfOf }: SdkOptions = {},
): Promise<SdkSession> {
  const http = createHttpClient(baseUrl)
  let token = ''
  let version = ''
  let logins = 0
  let connections = 0
  let cookie = ''

  const identification = {
    'User-Agent': 'python-requests/2.32.3',
    'Accept-Encoding': 'gzip, deflate',
    Accept: '*/*',
    Connection: 'keep-alive',
    ...Object.fromEntries(
      prefixes.flatMap((prefix) => [
        [`${prefix}-Worker`, worker],
        [`${prefix}-Client`, 'clearml-1.17.1, clearml-server-2.0.0'],
      ]),
    ),
  }

  async function send(path: string, more: Record<string, string>, body = ''): Promise<SdkAnswer> {
    const own = { ...identification, ...(cookie ? { Cookie: cookie } : {}), ...more }
    const answer = await http.send('GET', path, own, body)
    if (!answer.reused) connections += 1
    // One connection pool, one jar: a login's cookie goes out with every call from then on.
    const [set] = answer.headers['set-cookie'] ?? []
    if (set) cookie = set.split(';')[0] ?? ''
    const parsed = JSON.parse(answer.body)
    checkAnswer(endpointOf(path), answer.status, parsed)
    const { result_code: status, result_subcode: subcode, result_msg: msg, endpoint } = parsed.meta
    return { status, subcode, msg, version: endpoint.requested_version, data: parsed.data }
  }

  async function logIn(): Promise<void> {
    const authorization =
      'token' in credentials ? bearer(token || credentials.token) : basic(credentials.accessKey, credentials.secretKey)
    const query = expirationSec === undefined ? '' : `?expiration_sec=${expirationSec}`
    const { status, subcode, msg, data } = await send(`/auth.login${query}`, {
      Authorization: authorization,
      ...(onBehalfOf ? { 'X-ClearML-Impersonate-As': onBehalfOf } : {}),
    })
    if (status !== 200) throw new Error(`auth.login answered ${status}/${subcode}: ${msg}`)
    logins += 1
    token = data.token
    const offered = minorOf(readClaims(token).api_version ?? '2.9')
    version = requestSets.find((set) => minorOf(set) <= offered) ?? '2.9'
  }

  async function authorized(endpoint: string, contentType: string, body: string): Promise<SdkAnswer> {
    if (readClaims(token).exp - Date.now() / 1_000 < renewBeforeSec) await logIn()
    const once = () =>
      send(`/v${version}/${endpoint}`, { Authorization: bearer(token), 'Content-Type': contentType }, body)
    const answer = await once()
    if (answer.status !== 401) return answer
    await logIn()
    return once()
  }

  await logIn()
  const call: SdkSession['call'] = (endpoint, body = {}) =>
    authorized(endpoint, 'application/json', JSON.stringify(body))
  return {
    get token() {
      return token
    },
    get logins() {
      return logins
    },
    get connections() {
      return connections
    },
    call,
    async ok(endpoint, body) {
      const { status, subcode, msg, data } = await call(endpoint, body)
      if (status === 200) return data
      throw new Error(`${endpoint} answered ${status}/${subcode}: ${msg}`)
    },
    batch: (endpoint, items) =>
      authorized(endpoint, 'application/json-lines', items.map((item) => JSON.stringify(item)).join('\n')),
    close: http.close,
  }
}

export const bearer = (token: string): string => `Bearer ${token}`
const basic = (accessKey: string, secretKey: string) =>
  `Basic ${Buffer.from(`${accessKey}:${secretKey}`).toString('base64')}`

const endpointOf = (path: string) => path.split('?')[0]?.split('/').at(-1) ?? ''
