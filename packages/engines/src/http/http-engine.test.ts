import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { countLetters, startEmbeddingsServer } from '../testing/embeddings-server.ts'
import { describeTextEngine, distance } from '../testing/text-engine.contract.ts'
import { normalise } from '../vectors.ts'
import { createHttpEngine } from './http-engine.ts'

const signal = new AbortController().signal
const cleanUps: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp()
})

type Override = Parameters<typeof startEmbeddingsServer>[0]

async function open(override?: Override, settings: { apiKey?: string; timeoutMs?: number } = {}) {
  const server = await startEmbeddingsServer(override)
  const engine = createHttpEngine({ model: 'mine', baseUrl: server.baseUrl, remoteModel: 'theirs', ...settings })
  cleanUps.push(
    () => engine.close(),
    () => server.close(),
  )
  return { server, engine, embed: (texts: string[]) => engine.embed(texts, { signal }) }
}

/** Answers only the embeddings route so; the rest stays as it is. */
const onEmbed =
  (answer: NonNullable<ReturnType<NonNullable<Override>>>): Override =>
  ({ path }) =>
    path === '/v1/embeddings' ? answer : undefined

const shared = await startEmbeddingsServer()
afterAll(() => shared.close())
describeTextEngine('the http engine', async () =>
  createHttpEngine({ model: 'mine', baseUrl: shared.baseUrl, remoteModel: 'theirs' }),
)

describe('a request to an embeddings server', () => {
  it('carries the name of the model there, the texts, plain floats as the wanted form, and the key', async () => {
    const { server, embed } = await open(undefined, { apiKey: 'sesame' })
    await embed(['one', 'two'])
    expect(server.embedRequests()).toEqual([
      {
        method: 'POST',
        path: '/v1/embeddings',
        authorization: 'Bearer sesame',
        body: { model: 'theirs', input: ['one', 'two'], encoding_format: 'float' },
      },
    ])
  })

  it('holds no more texts than the server says it takes', async () => {
    const { server, engine, embed } = await open()
    await embed(Array(20).fill('text'))
    expect(engine.maxBatchItems).toBe(8)
    expect(server.embedRequests().map(({ body }) => body.input.length)).toEqual([8, 8, 4])
  })

  it('holds no more tokens than the server says it takes', async () => {
    const { server, embed } = await open()
    await embed(Array(8).fill('a text of many letters '.repeat(30)))
    expect(server.embedRequests().map(({ body }) => body.input.length)).toEqual([4, 4])
  })

  it('is cut in half until the server takes it, when it takes less than it said', async () => {
    const { server, embed } = await open(({ path, body }) =>
      path === '/v1/embeddings' && body.input.length > 2 ? { status: 413, body: { error: 'too large' } } : undefined,
    )
    const { embeddings } = await embed(['a', 'bb', 'ccc', 'dddd', 'eeeee'])
    expect(server.embedRequests().map(({ body }) => body.input.length)).toEqual([5, 3, 2, 1, 2])
    expect(distance(embeddings[4], normalise(Float32Array.from(countLetters('eeeee'))))).toBeLessThan(1e-6)
  })

  it('does without the limits of a server that does not tell them', async () => {
    const { engine, embed } = await open(({ path }) => (path === '/info' ? { status: 404, body: '' } : undefined))
    await embed(['text'])
    expect(engine).toMatchObject({ maxBatchItems: 32, maxBatchTokens: 16_384 })
  })
})

describe('an answer of an embeddings server', () => {
  const vectorsOf = (data: unknown) => onEmbed({ body: { data } })

  it('may hold base64 in place of floats', async () => {
    const embedding = Buffer.from(Float32Array.of(3, 4).buffer).toString('base64')
    const { embed } = await open(vectorsOf([{ index: 0, embedding }]))
    const { embeddings } = await embed(['text'])
    expect([...(embeddings[0] ?? [])].map((value) => value.toFixed(2))).toEqual(['0.60', '0.80'])
  })

  it.each([
    ['has too few vectors', [{ index: 0, embedding: [1] }]],
    [
      'has two vectors for one text',
      [
        { index: 1, embedding: [1] },
        { index: 1, embedding: [1] },
      ],
    ],
    [
      'has vectors of several lengths',
      [
        { index: 0, embedding: [1] },
        { index: 1, embedding: [1, 2] },
      ],
    ],
    [
      'has empty vectors',
      [
        { index: 0, embedding: [] },
        { index: 1, embedding: [] },
      ],
    ],
    [
      'has something else for a vector',
      [
        { index: 0, embedding: [1] },
        { index: 1, embedding: [null] },
      ],
    ],
    ['is something else', undefined],
  ])('that %s is a failure of the engine, not a result', async (_, data) => {
    const { embed } = await open(vectorsOf(data))
    await expect(embed(['one', 'two'])).rejects.toMatchObject({ code: 'ENGINE_FAILED', kind: 'transient' })
  })
})

describe('a server that refuses', () => {
  it.each([
    [400, 'ENGINE_REFUSED', 'permanent'],
    [401, 'ENGINE_REFUSED', 'permanent'],
    [403, 'ENGINE_REFUSED', 'permanent'],
    [404, 'ENGINE_REFUSED', 'permanent'],
    [422, 'ENGINE_REFUSED', 'permanent'],
    [307, 'ENGINE_REFUSED', 'permanent'],
    [413, 'INPUT_TOO_LARGE', 'permanent'],
    [424, 'ENGINE_FAILED', 'transient'],
    [500, 'ENGINE_FAILED', 'transient'],
    [502, 'ENGINE_FAILED', 'transient'],
    [429, 'ENGINE_UNAVAILABLE', 'transient'],
    [503, 'ENGINE_UNAVAILABLE', 'transient'],
  ])('with %i gives %s, which is %s', async (status, code, kind) => {
    const { embed } = await open(onEmbed({ status, headers: { location: '/elsewhere' }, body: { error: 'no' } }))
    await expect(embed(['text'])).rejects.toMatchObject({ code, kind })
  })

  it.each([
    ['of OpenAI', { error: { message: 'the cause', type: 'x' } }],
    ['of TEI', { error: 'the cause', error_type: 'x' }],
    ['of TEI under /v1', { message: 'the cause', code: 422, type: 'x' }],
    ['of FastAPI', { detail: 'the cause' }],
    ['of plain text', 'the cause'],
  ])('in the error form %s has its message passed on', async (_, body) => {
    const { embed } = await open(onEmbed({ status: 422, body }))
    await expect(embed(['text'])).rejects.toThrow(/\(422\): the cause$/)
  })

  it('and says when to come back has that passed on', async () => {
    const { embed } = await open(onEmbed({ status: 429, headers: { 'retry-after': '7' }, body: {} }))
    await expect(embed(['text'])).rejects.toMatchObject({ retryAfterMs: 7_000 })
  })

  it('and repeats the key has the key taken out of its message, which points at the key instead', async () => {
    const body = { error: { message: 'Incorrect API key provided: s3cret-key' } }
    const { embed } = await open(onEmbed({ status: 401, body }), { apiKey: 's3cret-key' })
    const error: Error = await embed(['text']).then(
      () => expect.unreachable(),
      (reason) => reason,
    )
    expect(error.message).toContain('check the API key')
    expect(JSON.stringify([error.message, String(error.cause), error.stack])).not.toContain('s3cret-key')
  })
})

describe('a server that is not there', () => {
  it('makes the call ENGINE_UNAVAILABLE, and the engine down', async () => {
    const { server, engine, embed } = await open()
    await server.close()
    await expect(embed(['text'])).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' })
    expect(await engine.health()).toBe('down')
  })

  it('is asked for its limits again when it is back', async () => {
    let isUp = false
    const { engine, embed } = await open(() => (isUp ? undefined : null), { timeoutMs: 1_000 })
    await expect(embed(['text'])).rejects.toThrow('did not answer within 1 s')
    isUp = true
    await embed(['text'])
    expect(engine.maxBatchItems).toBe(8)
  })
})

describe('the health of a server', () => {
  it.each([
    ['ready when /health says so', { '/health': 200 }, 'ready'],
    ['starting while /health says 503', { '/health': 503 }, 'starting'],
    ['ready when only /v1/models answers', { '/health': 404, '/v1/models': 200 }, 'ready'],
    ['down when neither does', { '/health': 404, '/v1/models': 404 }, 'down'],
  ])('is %s', async (_, statuses: Record<string, number>, expected) => {
    const { engine } = await open(({ path }) => ({ status: statuses[path] ?? 500, body: '' }))
    expect(await engine.health()).toBe(expected)
  })
})

it('an address with a password in it is refused without repeating it', () => {
  const baseUrl = 'http://user:hunter2@server/v1'
  const create = () => createHttpEngine({ model: 'mine', baseUrl, remoteModel: 'theirs' })
  expect(create).toThrow('holds a password')
  expect(create).not.toThrow('hunter2')
})
