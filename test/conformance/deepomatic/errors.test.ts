import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inferenceBody } from '../../lib/deepomatic/inference-body.ts'
import { plain } from '../../lib/deepomatic/pictures.ts'
import { expectError } from '../../lib/deepomatic/shapes.ts'
import { type DeepomaticSystem, startDeepomatic, tinySpec } from '../../lib/deepomatic/system.ts'
import { secretKey } from '../../lib/inferq.ts'

let system: DeepomaticSystem
beforeAll(async () => {
  system = await startDeepomatic({ api: { INFERQ_QUEUE_CAPACITY: '2', INFERQ_MAX_BODY_BYTES: '100000' } })
})
afterAll(() => system?.stop())

const image = () => inferenceBody({ inputs: [{ source: plain('red') }] })

describe('a key', () => {
  const everything = [
    ['GET', '/accounts/me/'],
    ['GET', '/recognition/public/'],
    ['GET', `${tinySpec}/`],
    ['POST', `${tinySpec}/inference`],
    ['GET', '/recognition/specs/'],
    ['POST', '/recognition/specs/'],
    ['DELETE', '/recognition/specs/1/'],
    ['GET', '/recognition/versions/'],
    ['POST', '/recognition/versions/'],
    ['GET', '/tasks/'],
    ['GET', '/tasks/1/'],
    ['GET', '/no/such/path'],
  ] as const

  it.each(everything)('that is missing, wrong or empty is 401: %s %s', async (method, path) => {
    for (const key of [null, 'wrong', '']) {
      const wire = system.open({ key })
      expectError(await wire.send(method, path, method === 'POST' ? image() : undefined), 401)
    }
  })

  it('is enough by itself, and any X-APP-ID beside it is fine', async () => {
    for (const appId of [undefined, '123456789012', 'anything', '']) {
      const wire = system.open({ key: secretKey, ...(appId === undefined ? {} : { appId }) })
      expect((await wire.get('/accounts/me/')).status).toBe(200)
    }
  })

  it('is asked for before the body is looked at', async () => {
    const broken = { type: 'application/json', bytes: Buffer.from('{"inputs":') }
    expectError(await system.open({ key: null }).send('POST', `${tinySpec}/inference`, broken), 401)
  })

  it('that was revoked is 401', async () => {
    const { access_key, secret_key } = await system.inferq.client.createCredential()
    const wire = system.open({ key: secret_key })
    expect((await wire.get('/accounts/me/')).status).toBe(200)
    await system.inferq.client.revokeCredential(access_key)
    expectError(await wire.get('/accounts/me/'), 401)
  })
})

describe('a refusal has the key `error`', () => {
  it.each([
    ['cut off', '{"inputs": ['],
    ['no JSON', 'inputs'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a text', '"inputs"'],
    ['null', 'null'],
    ['with a key twice in disguise', '{"__proto__": {"inputs": []}}'],
  ])('400: a body that is %s', async (_what, text) => {
    const body = { type: 'application/json', bytes: Buffer.from(text) }
    expectError(await system.wire.send('POST', `${tinySpec}/inference`, body), 400)
    expectError(await system.wire.send('POST', '/recognition/specs/', body), 400)
    expectError(await system.wire.send('POST', '/recognition/versions/', body), 400)
  })

  it.each([
    '/',
    '/nothing',
    '/networks',
    '/networks/',
    '/networks/public',
    '/networks/1',
    '/recognition',
    '/recognition/public/no-such-model',
    '/recognition/public/no-such-model/',
    '/recognition/specs/999999',
    '/recognition/specs/x',
    '/recognition/specs/999999/versions',
    '/recognition/versions/999999',
    '/recognition/versions/x',
    '/recognition/versions/99999999999999999999',
    '/tasks/99999999',
    '/tasks/99999999/',
    '/tasks/x',
    '/tasks/1.5',
    '/tasks/-1',
    '/tasks/99999999999999999999999999',
    '/tasks/%00',
    '/tasks/%zz',
  ])('404: GET %s', async (path) => {
    const answer = await system.wire.get(path)
    expectError(answer, path.includes('%zz') ? 400 : 404)
  })

  it.each(['/recognition/public/no-such-model', '/recognition/specs/999999', '/recognition/versions/999999'])(
    '404: POST %s/inference',
    async (resource) => {
      expectError(await system.wire.send('POST', `${resource}/inference`, image()), 404)
    },
  )

  it.each([
    ['POST', '/accounts/me/'],
    ['POST', '/tasks/'],
    ['DELETE', '/tasks/1/'],
    ['PATCH', '/tasks/1/'],
    ['POST', '/recognition/public/'],
    ['DELETE', `${tinySpec}/`],
    ['PATCH', `${tinySpec}/`],
    ['GET', `${tinySpec}/inference`],
    ['PUT', `${tinySpec}/inference`],
    ['DELETE', '/recognition/specs/'],
    ['POST', '/recognition/specs/1/'],
    ['PATCH', '/recognition/versions/1/'],
  ])('405: %s %s', async (method, path) => {
    const body = method === 'GET' || method === 'DELETE' ? undefined : image()
    expectError(await system.wire.send(method, path, body), 405)
  })

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'application/xml', 'image/png'])(
    '415: a body of %s',
    async (type) => {
      expectError(
        await system.wire.send('POST', `${tinySpec}/inference`, { type, bytes: Buffer.from('inputs=1') }),
        415,
      )
    },
  )

  it('413: a body that is too large', async () => {
    const large = Buffer.alloc(200_000, 'a')
    const json = { type: 'application/json', bytes: Buffer.from(`"${large}"`) }
    expectError(await system.wire.send('POST', '/recognition/specs/', json), 413)
  })

  it('429: a queue that is full, and nothing is stored', async () => {
    await system.whilePaused(async () => {
      const before = await system.countTasks()
      const statuses = []
      for (let n = 0; n < 4; n++) {
        const answer = await system.wire.send('POST', `${tinySpec}/inference`, image())
        statuses.push(answer.status)
        if (answer.status !== 200) expectError(answer, 429)
      }
      expect(statuses).toEqual([200, 200, 429, 429])
      expect(await system.countTasks()).toBe(before + 2)
    })
  })
})
