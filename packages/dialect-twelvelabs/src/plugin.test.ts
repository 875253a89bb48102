import { DomainError } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { listen } from './testing/shared-parts.fixture.ts'
import { json, startTwelvelabs, type Twelvelabs } from './testing/twelvelabs.fixture.ts'

let twelvelabs: Twelvelabs
beforeAll(async () => {
  twelvelabs = await startTwelvelabs()
})

/** Twice, as each kind of reader looks for it. */
const errorOf = (code: string) => {
  const error = { code, message: expect.stringMatching(/./) }
  return { ...error, error }
}
const paths = ['/embed-v2/tasks', '/embed-v2/tasks/x', '/none', '', '/embed-v2', '/a/b/c']

describe('every answer', () => {
  it('says the version of the language, in a header, and is JSON', async () => {
    for (const [method, path, options] of [
      ['GET', '/embed-v2/tasks', {}],
      ['GET', '/embed-v2/tasks/x', {}],
      ['GET', '/none', {}],
      ['POST', '/embed-v2/tasks', { raw: '{', headers: json }],
      ['GET', '/embed-v2/tasks', { headers: { 'x-api-key': 'wrong' } }],
    ] as const) {
      const { headers } = await twelvelabs.call(method, path, options)
      expect(headers.get('x-api-version'), path).toBe('1.3')
      expect(headers.get('content-type')).toContain('application/json')
    }
  })
})

describe('a key', () => {
  it('is asked for on every path', async () => {
    for (const path of paths) {
      for (const key of [undefined, '', 'wrong']) {
        const headers = { 'x-api-key': key, authorization: `Bearer ${twelvelabs.secretKey}` }
        const answer = await twelvelabs.call('GET', path, { headers })
        expect(answer).toMatchObject({ status: 401, body: errorOf('api_key_invalid') })
      }
    }
  })

  it('may come in a header of any letter case', async () => {
    const headers = { 'x-api-key': undefined, 'X-API-Key': twelvelabs.secretKey }
    expect(await twelvelabs.call('GET', '/embed-v2/tasks', { headers })).toMatchObject({ status: 200 })
  })
})

describe('a path', () => {
  it.each(['', '/', '/none', '/embed', '/embed-v2x', '/embed-v2/more', '/tasks', '/%zz', '/a.b'])(
    'that is unknown is not found: "%s"',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const answer = await twelvelabs.call(method, path)
        expect(answer).toMatchObject({ status: 404, body: errorOf('endpoint_not_exists') })
      }
    },
  )

  it('is none for another method than its own', async () => {
    for (const [method, path] of [
      ['DELETE', '/embed-v2/tasks/x'],
      ['PUT', '/embed-v2/tasks'],
      ['GET', '/embed-v2'],
    ] as const) {
      const answer = await twelvelabs.call(method, path)
      expect(answer).toMatchObject({ status: 404, body: errorOf('endpoint_not_exists') })
      expect(answer.body.message).toContain(`${method} /v1.3${path}`)
    }
  })

  it('may end in a slash', async () => {
    expect(await twelvelabs.call('GET', '/embed-v2/tasks/?page=1')).toMatchObject({ status: 200 })
  })
})

describe('a body', () => {
  it('is refused when it is no JSON, of another type, or larger than any request', async () => {
    const refusal = { status: 400, body: errorOf('parameter_invalid') }
    const post = (raw: string, headers: Record<string, string | undefined> = json) =>
      twelvelabs.call('POST', '/embed-v2/tasks', { raw, headers })
    expect(await post('{"input_type": ')).toMatchObject(refusal)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'nonsense']) {
      expect(await post('{}', { 'content-type': type })).toMatchObject(refusal)
    }
    expect(await post('x'.repeat(64 * 1024 * 1024 + 1))).toMatchObject(refusal)
    expect(await post('')).toMatchObject({ status: 400, body: errorOf('parameter_not_provided') })
  })
})

describe('what goes wrong', () => {
  it.each([
    ['STORE_UNREACHABLE', 500, 'internal_server_error'],
    ['QUEUE_FULL', 429, 'too_many_requests'],
    ['INTERNAL', 500, 'internal_server_error'],
  ] as const)('is answered in this language: %s', async (code, status, said) => {
    const pageTasks = async () => Promise.reject(new DomainError(code, 'a reason', { cause: new Error('secret') }))
    const at = await listen({ ...twelvelabs.services, tasks: { ...twelvelabs.services.tasks, pageTasks } })
    const answer = await twelvelabs.call('GET', '/embed-v2/tasks', { at })
    expect(answer).toMatchObject({ status, body: errorOf(said) })
    expect(JSON.stringify(answer.body)).not.toContain('secret')
  })

  it('unforeseen says nothing of itself', async () => {
    const pageTasks = async () => Promise.reject(new Error('secret'))
    const at = await listen({ ...twelvelabs.services, tasks: { ...twelvelabs.services.tasks, pageTasks } })
    const answer = await twelvelabs.call('GET', '/embed-v2/tasks', { at })
    expect(answer).toMatchObject({ status: 500, body: { message: 'something went wrong on the server' } })
  })
})
