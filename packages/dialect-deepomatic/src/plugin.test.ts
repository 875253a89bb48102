import { DomainError } from '@inferq/domain'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Deepomatic, labeller, startDeepomatic } from './testing/deepomatic.fixture.ts'
import { listen } from './testing/shared-parts.fixture.ts'

let deepomatic: Deepomatic
beforeAll(async () => {
  deepomatic = await startDeepomatic()
  await deepomatic.announce(labeller())
})
const error = { error: expect.stringMatching(/./) }

describe('a path', () => {
  it.each(['/accounts/me', '/accounts/me/', '//accounts/me/', '//accounts//me'])('may be written %s', async (path) => {
    expect(await deepomatic.ok('GET', path)).toEqual({ id: expect.any(Number), name: deepomatic.user.name })
  })

  it('is answered itself and never redirected, with a slash at its end or without', async () => {
    const body = { inputs: [{ image: { source: 'https://img.example/a.jpg' } }] }
    for (const path of ['/recognition/public/tiny-labels/inference', '/recognition/public/tiny-labels/inference/']) {
      expect(await deepomatic.call('POST', path, { body })).toMatchObject({
        ...{ status: 200, body: { task_id: expect.stringMatching(/^\d+$/) } },
        headers: { 'content-type': expect.stringContaining('application/json') },
      })
    }
  })

  it.each(['', '/', '/none', '/networks', '/networks/public', '/accounts/you', '/tasks/1/more', '/a.b'])(
    'that is unknown is not found: "%s"',
    async (path) => {
      for (const method of ['GET', 'POST', 'DELETE'] as const) {
        expect(await deepomatic.call(method, path)).toMatchObject({ status: 404, body: error })
      }
    },
  )

  it('does not take every method, and says which', async () => {
    for (const [method, path, allowed] of [
      ['POST', '/tasks/', 'GET, HEAD'],
      ['DELETE', '/tasks/11', 'GET, HEAD'],
      ['GET', '/recognition/public/tiny-labels/inference', 'POST'],
      ['PUT', '/accounts/me', 'GET, HEAD'],
    ] as const) {
      const answer = await deepomatic.call(method, path)
      expect(answer).toMatchObject({ status: 405, body: error, headers: { allow: allowed } })
    }
  })
})

describe('a body', () => {
  it('may be nothing although its type says JSON', async () => {
    expect(await deepomatic.call('GET', '/accounts/me/')).toMatchObject({ status: 200 })
    const headers = { 'content-length': '0' }
    const answer = await deepomatic.call('DELETE', '/recognition/specs/4000000/', { headers })
    expect(answer).toMatchObject({ status: 404, body: error })
  })

  it('is refused when it is no JSON, too large or of another type', async () => {
    const path = '/recognition/public/tiny-labels/inference'
    const broken = await deepomatic.call('POST', path, { raw: '{"inputs": [' })
    expect(broken).toMatchObject({ status: 400, body: { error: 'the body is not valid JSON' } })
    const large = await deepomatic.call('POST', path, { raw: `"${'x'.repeat(17 * 1024 * 1024)}"` })
    expect(large).toMatchObject({ status: 413, body: error })
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'nonsense', undefined]) {
      const answer = await deepomatic.call('POST', path, { raw: 'inputs=1', headers: { 'content-type': type } })
      expect(answer).toMatchObject({ status: 415, body: error })
    }
  })
})

describe('a key', () => {
  it('is asked for on every path, and no other header', async () => {
    for (const path of ['/accounts/me', '/tasks', '/tasks/1', '/recognition/specs', '/none', '', '//none']) {
      for (const key of [undefined, 'wrong']) {
        const headers = { 'x-api-key': key, 'x-app-id': '1', authorization: `Bearer ${deepomatic.secretKey}` }
        expect(await deepomatic.call('GET', path, { headers })).toMatchObject({ status: 401, body: error })
      }
    }
    const answer = await deepomatic.call('GET', '/accounts/me', { headers: { 'x-app-id': 'any at all' } })
    expect(answer.status).toBe(200)
  })

  it('stands for the same account each time', async () => {
    const [one, again] = [await deepomatic.ok('GET', '/accounts/me'), await deepomatic.ok('GET', '/accounts/me/')]
    expect(one).toEqual(again)
    expect(Number.isInteger(one.id)).toBe(true)
    const other = await (await startDeepomatic()).ok('GET', '/accounts/me')
    expect(other.id).not.toBe(one.id)
  })
})

describe('what goes wrong', () => {
  it.each([
    ['STORE_UNREACHABLE', 503],
    ['QUEUE_UNREACHABLE', 503],
    ['QUEUE_FULL', 429],
    ['INTERNAL', 500],
  ] as const)('is answered in this language: %s', async (code, status) => {
    const findUser = async () => Promise.reject(new DomainError(code, 'a reason', { cause: new Error('secret') }))
    const at = await listen({ ...deepomatic.services, users: { findUser } })
    const answer = await deepomatic.call('GET', '/accounts/me', { at })
    expect(answer).toMatchObject({ status, body: error })
    expect(answer.text).not.toContain('secret')
  })

  it('unforeseen says nothing of itself', async () => {
    const findUser = async () => Promise.reject(new Error('secret'))
    const at = await listen({ ...deepomatic.services, users: { findUser } })
    const answer = await deepomatic.call('GET', '/accounts/me', { at })
    expect(answer).toMatchObject({ status: 500, body: { error: 'something went wrong on the server' } })
  })
})
