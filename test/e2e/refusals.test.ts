import { maxQueueNameLength } from '@inferq/contracts'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Inferq, secretKey, startInferq } from '../lib/inferq.ts'

let inferq: Inferq
beforeAll(async () => {
  inferq = await startInferq({ worker: null, api: { INFERQ_QUEUE_CAPACITY: '3', INFERQ_MAX_BODY_BYTES: '200000' } })
})
afterAll(() => inferq.stop())

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${inferq.url}/v1${path}`, {
    method: 'POST',
    body,
    headers: { 'x-api-key': secretKey, 'content-type': 'application/json', ...headers },
  })
const echo = (more: object) => ({ job: 'echo', input: {}, ...more })
const embed = (input: object) => ({ job: 'embed.text', input })

const wrong: [what: string, body: unknown, field: string, rule: RegExp][] = [
  ['an unknown job', { job: 'paint', input: {} }, 'job', /embed\.text/],
  ['no job', { input: {} }, 'job', /string/],
  ['an input that is no object', { job: 'echo', input: 'text' }, 'input', /record|object/],
  ['a wrong type', embed({ texts: [1] }), 'input.texts[0]', /string/],
  ['no texts', embed({}), 'input.texts', /array/],
  ['an empty list of texts', embed({ texts: [] }), 'input.texts', /at least 1/],
  ['an empty text', embed({ texts: ['a', ' '] }), 'input.texts[1]', /white space/],
  ['too many texts', embed({ texts: Array(257).fill('a') }), 'input.texts', /256/],
  ['a text over the limit', embed({ texts: ['a'.repeat(20_001)] }), 'input.texts[0]', /20000/],
  ['an unknown model', embed({ texts: ['a'], model: 'gpt-99' }), 'input.model', /tiny-text/],
  ['an unknown field of the input', embed({ texts: ['a'], tone: 'warm' }), 'input.tone', /not a known field/],
  ['an unknown field', echo({ colour: 'red' }), 'colour', /not a known field/],
  ['priority 0', echo({ priority: 0 }), 'priority', />=1/],
  ['a priority that is no number', echo({ priority: 'high' }), 'priority', /number/],
  ['a bad character in the queue', echo({ queue: 'a/b' }), 'queue', /letters/],
  ['an empty queue name', echo({ queue: '' }), 'queue', /at least 1/],
  ['a queue name that is too long', echo({ queue: 'q'.repeat(maxQueueNameLength + 1) }), 'queue', /100/],
  ['no attempts at all', echo({ attempts: 0 }), 'attempts', />=1/],
  ['an expiry in the past', echo({ expires_in: -1 }), 'expires_in', />=1/],
]

describe('a wrong request', () => {
  it.each(wrong)('with %s is a 4xx that names the field and the rule', async (_what, body, field, rule) => {
    const answer = await post('/tasks', JSON.stringify(body))
    expect(answer.status).toBe(400)
    const { error } = (await answer.json()) as { error: { issues: { field: string; problem: string }[] } }
    expect(error.issues.map((issue) => issue.field)).toContain(field)
    expect(error.issues.find((issue) => issue.field === field)?.problem).toMatch(rule)
  })

  it('that is not JSON, or too large, is told so', async () => {
    const broken = await post('/tasks', '{"job": ')
    expect([broken.status, await broken.json()]).toMatchObject([400, { error: { code: 'BODY_NOT_JSON' } }])
    const large = await post('/tasks', JSON.stringify(echo({ input: { text: 'x'.repeat(300_000) } })))
    expect([large.status, await large.json()]).toMatchObject([413, { error: { code: 'BODY_TOO_LARGE' } }])
    const form = await post('/tasks', 'job=echo', { 'content-type': 'application/x-www-form-urlencoded' })
    expect([form.status, await form.json()]).toMatchObject([400, { error: { code: 'BODY_NOT_JSON' } }])
  })

  it('stores nothing, neither task nor queue', async () => {
    for (const [, body] of wrong) await post('/tasks', JSON.stringify(body))
    expect((await inferq.client.list()).tasks).toEqual([])
    expect((await inferq.client.queues()).map(({ name }) => name)).toEqual(['default'])
  })

  it('leaves not even a key in Redis, when it names one queue too many', async () => {
    await using small = await startInferq({ worker: null, api: { INFERQ_MAX_QUEUES: '1' } })
    const refused = small.client.submit({ job: 'echo', input: {}, queue: 'second' })
    await expect(refused).rejects.toMatchObject({ status: 429, code: 'TOO_MANY_QUEUES' })
    const redis = new Redis(small.redis.url)
    expect((await redis.keys('*')).filter((key) => key.includes('second'))).toEqual([])
    redis.disconnect()
  })

  it('in a batch is answered in its place and costs the others nothing', async () => {
    const queue = 'batch'
    const items = await inferq.client.submitBatch([
      { job: 'echo', input: { n: 1 }, queue },
      { job: 'paint', input: {}, queue },
      { job: 'echo', input: { n: 3 }, queue, priority: -1 },
      { job: 'echo', input: { n: 4 }, queue },
    ])
    expect(items.map(({ status }) => status)).toEqual([201, 400, 400, 201])
    expect(items[2]?.error?.issues?.[0]?.field).toBe('tasks[2].priority')
    expect((await inferq.client.queue(queue)).waiting).toBe(2)
  })
})

describe('a full queue', () => {
  it('answers 429 with Retry-After, exactly at its capacity, and stores nothing', async () => {
    const answers = []
    for (let n = 0; n < 4; n++) answers.push(await post('/tasks', JSON.stringify(echo({ queue: 'small' }))))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 429])
    expect(Number(answers[3]?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await answers[3]?.json()).toMatchObject({ error: { code: 'QUEUE_FULL' } })
    expect((await inferq.client.list({ queue: 'small' })).tasks).toHaveLength(3)
  })
})

describe('an idempotency key', () => {
  it('answers the same body with the first answer, and another body with 409', async () => {
    const send = (body: object) => post('/tasks', JSON.stringify(body), { 'idempotency-key': 'order-1' })
    const first = await send(echo({ queue: 'idempotent', name: 'one' }))
    const again = await send({ name: 'one', queue: 'idempotent', input: {}, job: 'echo' })
    expect([first.status, again.status]).toEqual([201, 201])
    expect(await again.json()).toEqual(await first.json())
    const other = await send(echo({ queue: 'idempotent', name: 'two' }))
    expect([other.status, await other.json()]).toMatchObject([409, { error: { code: 'IDEMPOTENCY_KEY_REUSED' } }])
    expect((await inferq.client.list({ queue: 'idempotent' })).tasks).toHaveLength(1)
  })

  it('makes one task of many requests at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        inferq.client.submit({ job: 'echo', input: {}, queue: 'at once' }, { idempotencyKey: 'order-2' }),
      ),
    )
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    expect((await inferq.client.queue('at once')).waiting).toBe(1)
  })
})

describe('a caller without a right', () => {
  it('is answered 401 whatever it asks, and learns nothing', async () => {
    for (const headers of [{}, { 'x-api-key': 'wrong' }, { authorization: 'Bearer wrong' }]) {
      const answer = await fetch(`${inferq.url}/v1/tasks`, { headers: headers as Record<string, string> })
      expect([answer.status, await answer.json()]).toMatchObject([401, { error: { code: 'UNAUTHENTICATED' } }])
    }
  })

  it('cannot use a credential after it was revoked', async () => {
    const made = await inferq.client.createCredential({ name: 'short-lived' })
    const read = () => fetch(`${inferq.url}/v1/queues`, { headers: { authorization: `Bearer ${made.secret_key}` } })
    expect((await read()).status).toBe(200)
    await inferq.client.revokeCredential(made.access_key)
    expect((await read()).status).toBe(401)
    const listed = (await inferq.client.credentials()).find(({ access_key }) => access_key === made.access_key)
    expect(listed?.revoked_at).not.toBeNull()
    expect(JSON.stringify(listed)).not.toContain(made.secret_key)
  })
})

describe('an unknown thing', () => {
  it('is a 404, also when the id is no id at all', async () => {
    for (const id of ['0'.repeat(32), 'nonsense', "'; drop table tasks; --"]) {
      await expect(inferq.client.get(id)).rejects.toMatchObject({ status: 404, code: 'TASK_NOT_FOUND' })
    }
    await expect(inferq.client.queue('no such')).rejects.toMatchObject({ status: 404, code: 'QUEUE_NOT_FOUND' })
    await expect(inferq.client.pause('no such')).rejects.toMatchObject({ status: 404, code: 'QUEUE_NOT_FOUND' })
    const answer = await fetch(`${inferq.url}/v1/nowhere`, { headers: { 'x-api-key': secretKey } })
    expect([answer.status, await answer.json()]).toMatchObject([404, { error: { code: 'ROUTE_NOT_FOUND' } }])
  })
})
