import { randomBytes } from 'node:crypto'
import type { Credential, Ports, Role, User } from '@inferq/domain'
import type { Store } from '@inferq/store'
import type { InjectOptions } from 'fastify'
import type { ClearmlServices } from '../services.ts'
import { sharedParts } from './shared-parts.fixture.ts'

export interface CallOptions {
  /** `2.23`; none: a path without a version. */
  version?: string
  method?: InjectOptions['method']
  /** Beside the caller's credential; one that is undefined is not sent. */
  headers?: Record<string, string | undefined>
  query?: string
  /** The body as it is, instead of the JSON of one. */
  raw?: string | Buffer
}

export interface Answer {
  status: number
  subcode: number
  msg: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  data: any
  meta: Record<string, unknown>
  headers: Record<string, unknown>
}

export interface ClearmlCaller {
  readonly company: string
  readonly user: User
  readonly credential: Credential & { secretKey: string }
  /** One call, by GET with a body as the SDK makes it. */
  call(endpoint: string, body?: object, options?: CallOptions): Promise<Answer>
  /** `data` of a call that succeeds; else throws the whole answer. */
  ok(endpoint: string, body?: object, options?: CallOptions): Promise<Answer['data']>
}

export interface Clearml extends ClearmlCaller {
  readonly services: ClearmlServices
  readonly ports: Ports
  readonly store: Store
  /** Another user with keys of their own. */
  another(options?: { role?: Role; company?: 'same' | 'new' }): Promise<ClearmlCaller>
}

/** A company of one's own with a default queue, an admin and their keys, on servers that all tests share. */
export async function startClearml(): Promise<Clearml> {
  const { services, ports, store } = await sharedParts()
  const newCompany = () => store.users.createCompany(`company ${randomName()}`)
  const company = await newCompany()
  const caller = await createCaller(company, 'admin')
  return {
    ...caller,
    ...{ services, ports, store },
    another: async ({ role = 'user', company: which = 'same' } = {}) =>
      createCaller(which === 'same' ? company : await newCompany(), role),
  }
}

async function createCaller(company: string, role: Role): Promise<ClearmlCaller> {
  const { app, store } = await sharedParts()
  const user = await store.users.createUser({ company, role, name: `${role} ${randomName()}` })
  if (!user) throw new Error('the company that was just made is unknown')
  const credential = await store.credentials.createCredential({ company, user: user.id }, 'test')
  const authorization = basic(credential)

  const call: ClearmlCaller['call'] = async (endpoint, body, { version, method = 'GET', headers, query, raw } = {}) => {
    const path = version === undefined ? `/${endpoint}` : `/v${version}/${endpoint}`
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await app.inject({
      method,
      url: query === undefined ? path : `${path}?${query}`,
      headers: onlyGiven({ authorization, 'content-type': 'application/json', ...headers }),
      ...(payload === undefined ? {} : { payload }),
    })
    const { meta, data } = response.json()
    const { result_code, result_subcode, result_msg } = meta
    if (result_code !== response.statusCode) throw new Error(`${response.statusCode} says ${result_code}`)
    return { status: result_code, subcode: result_subcode, msg: result_msg, data, meta, headers: response.headers }
  }
  return {
    ...{ company, user, credential, call },
    async ok(endpoint, body, options) {
      const answer = await call(endpoint, body, options)
      if (answer.status !== 200) throw new Error(`${endpoint} answered ${JSON.stringify(answer, null, 2)}`)
      return answer.data
    },
  }
}

export const basic = ({ accessKey, secretKey }: { accessKey: string; secretKey: string }): string =>
  `Basic ${Buffer.from(`${accessKey}:${secretKey}`).toString('base64')}`

const onlyGiven = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

const randomName = () => randomBytes(6).toString('hex')
