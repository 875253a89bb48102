import { type Endpoint, endpoints } from '@inferq/dialect-clearml'
import { openStore } from '@inferq/store'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpClient } from '../../lib/http-client.ts'
import { accessKey, type Inferq, secretKey, startInferq } from '../../lib/inferq.ts'
import { fewHostileValues, hostileValues } from './hostile-values.ts'
import { leastRequest, placesIn, takesQueries } from './request-places.ts'

let inferq: Inferq
let http: ReturnType<typeof createHttpClient>
let authorization: string
beforeAll(async () => {
  inferq = await startInferq({ worker: null })
  http = createHttpClient(inferq.url)
  authorization = basic(inferq.database ? await systemKeys(inferq.database.url) : { accessKey, secretKey })
})
afterAll(async () => {
  http?.close()
  await inferq?.stop()
})

const basic = (keys: { accessKey: string; secretKey: string }) =>
  `Basic ${Buffer.from(`${keys.accessKey}:${keys.secretKey}`).toString('base64')}`

/** Keys for which no endpoint is closed. Only a server lets two processes use one database. */
async function systemKeys(databaseUrl: string) {
  const store = await openStore({ databaseUrl })
  const company = await store.users.createCompany('hostile')
  const user = await store.users.createUser({ company, name: 'hostile', role: 'system' })
  const keys = await store.credentials.createCredential({ company, user: user?.id ?? '' }, 'hostile')
  await store.close()
  return keys
}

const tables = ['tasks', 'queues', 'queue_entries', 'projects', 'models', 'users', 'credentials', 'worker_samples']

/** How much is stored, table by table; null where nobody but the api can look. */
async function stored(): Promise<unknown> {
  if (!inferq.database) return null
  const client = new Client({ connectionString: inferq.database.url })
  await client.connect()
  const { rows } = await client.query(
    `select ${tables.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')}`,
  )
  await client.end()
  return rows[0]
}

async function call(endpoint: Endpoint, body: string | Buffer, headers: object = {}) {
  const all = { authorization, 'content-type': 'application/json', 'x-clearml-worker': 'hostile', ...headers }
  const { status, body: text } = await http.send('POST', `/v2.31/${endpoint.name}`, all, body)
  const { meta, data } = JSON.parse(text)
  if (meta.result_code !== status || typeof data !== 'object') throw new Error(`${status} with ${text.slice(0, 500)}`)
  return { code: `${status}/${meta.result_subcode}` }
}

/** What can be answered to a body that is an object: anything but a fault. */
const refusals = /^(200\/0|4\d\d\/\d+)$/
/** In the contract no lines are a success, and one without a task is a fault. */
const ofBatch = /^(200\/0|4\d\d\/\d+|500\/0)$/
/** The query language is one for all who take it, so one of them is asked everything. */
const asksAgain = (endpoint: Endpoint) => takesQueries(endpoint) && endpoint.name !== 'tasks.get_all'
const isBatch = ({ name }: Endpoint) => name === 'tasks.update_batch'

async function answersPing() {
  const { status, body } = await http.send('GET', '/debug.ping', {}, '{"still": "there"}')
  expect([status, JSON.parse(body).data]).toEqual([200, { msg: 'ClearML server', still: 'there' }])
}

describe.each(endpoints.map((endpoint) => ({ name: endpoint.name, endpoint })))('$name', ({ endpoint }) => {
  it('answers every wrong value of every field with a code of the contract, and keeps nothing of it', async () => {
    const { fields, inner } = placesIn(endpoint)
    const requests = [
      ...fields.flatMap((place) => (asksAgain(endpoint) ? fewHostileValues : hostileValues).map(place)),
      ...inner.flatMap((place) => fewHostileValues.map(place)),
    ]
    const wrong = requests.filter((request) => !endpoint.request.safeParse(request).success)
    const odd = requests.filter((request) => !wrong.includes(request))
    const expected = isBatch(endpoint) ? ofBatch : refusals
    const refused = await expectAnswers(endpoint, odd, expected)
    const before = await stored()
    await expectAnswers(endpoint, refused, expected)
    await expectAnswers(endpoint, wrong, /^(400\/\d+|403\/20)$/)
    expect(await stored()).toEqual(before)
    await answersPing()
  })

  it('answers missing and unknown fields, broken, deep, listed and huge bodies with a code of the contract', async () => {
    const least = leastRequest(endpoint)
    const withoutOne = Object.keys(least).map((left) => ({ ...least, [left]: undefined }))
    await expectAnswers(endpoint, withoutOne, isBatch(endpoint) ? ofBatch : /^(400\/1[12]|403\/20)$/)
    const before = await stored()
    const isClosed = endpoint.roles !== null && !inferq.database
    const codeOf = async (body: string | Buffer) => (await call(endpoint, body)).code
    expect(await codeOf('{"task":')).toBe(isClosed ? '403/20' : '400/0')
    expect(await codeOf('[1]')).toBe(isClosed ? '403/20' : '500/0')
    expect(await codeOf('7')).toBe(isClosed ? '403/20' : '500/0')
    expect(await codeOf(`{"a":${'['.repeat(50_000)}`)).toBe(isClosed ? '403/20' : '400/12')
    expect(await codeOf(Buffer.from([0xff, 0xfe, 0x7b]))).toBe(isClosed ? '403/20' : '400/0')
    expect(await stored()).toEqual(before)
    expect(await codeOf(JSON.stringify({ ...least, never_heard_of: 'x' }))).toMatch(refusals)
    expect(await codeOf(JSON.stringify({ ...least, junk: 'x'.repeat(10_000_000) }))).toMatch(refusals)
    await answersPing()
  })
})

describe('a body over the limit', () => {
  it('is refused whether its size is said or not, and the connection goes on', async () => {
    const ping = endpoints.find(({ name }) => name === 'debug.ping') as Endpoint
    const body = Buffer.alloc(17 * 1024 * 1024, ' ')
    expect((await call(ping, body)).code).toBe('400/0')
    expect((await call(ping, body, { 'transfer-encoding': 'chunked' })).code).toBe('400/0')
    await answersPing()
  })
})

/**
 * A few at a time, as many clients would. Answers the requests that were refused; fails with one request for every kind
 * of answer that was not expected.
 */
async function expectAnswers(endpoint: Endpoint, requests: readonly unknown[], expected: RegExp): Promise<unknown[]> {
  const refused: unknown[] = []
  const unexpected = new Map<string, string>()
  const atOnce = 8
  for (let start = 0; start < requests.length; start += atOnce) {
    const some = requests.slice(start, start + atOnce)
    const answers = await Promise.all(some.map((request) => call(endpoint, JSON.stringify(request))))
    for (const [index, { code }] of answers.entries()) {
      const request = some[index] as object
      if (code !== '200/0') refused.push(request)
      if (expected.test(code)) continue
      unexpected.set(`${code} for ${Object.keys(request).at(-1)}`, JSON.stringify(request).slice(0, 200))
    }
  }
  expect([...unexpected].map(([what, body]) => `${what}: ${body}`).join('\n')).toBe('')
  return refused
}
