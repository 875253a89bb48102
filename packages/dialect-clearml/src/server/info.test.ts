import { beforeAll, describe, expect, it } from 'vitest'
import { anonymous, codes } from '../auth/auth.fixture.ts'
import { type Clearml, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
beforeAll(async () => {
  clearml = await startClearml()
})

describe('server.info', () => {
  it('success: tells anyone which server this is, newer clients more', async () => {
    const info = (version: string) => clearml.ok('server.info', {}, { version, headers: anonymous })
    const newest = await info('2.31')
    expect(newest).toEqual({
      version: '2.0.0',
      build: expect.any(String),
      commit: expect.any(String),
      uid: expect.stringMatching(/^[0-9a-f]{32}$/),
      api_version: '2.31',
    })
    expect((await info('2.12')).uid).toBe(newest.uid)
    expect(Object.keys(await info('2.11'))).not.toContain('api_version')
    expect(Object.keys(await info('2.7'))).toEqual(['version', 'build', 'commit'])
  })

  it('refusal: is unknown below the version that brought it', async () => {
    expect(codes(await clearml.call('server.info', {}, { version: '2.0' }))).toBe('404/0')
  })

  it('wrong input: a body that is no object', async () => {
    expect(codes(await clearml.call('server.info', undefined, { raw: '"x"' }))).toBe('500/0')
  })
})
