import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type Clearml, type ClearmlCaller, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
let root: ClearmlCaller
beforeAll(async () => {
  clearml = await startClearml()
  root = await clearml.another({ role: 'root' })
})

describe('server.endpoints', () => {
  it('success: lists every endpoint with the version that brought it', async () => {
    const { endpoints } = await root.ok('server.endpoints')
    expect(endpoints).toContainEqual({ name: 'debug.ping', min_version: '2.9' })
    const names = endpoints.map(({ name }: { name: string }) => name)
    expect(new Set(names).size).toBe(names.length)
  })

  it('refusal: not to an admin of a company', async () => {
    expect(codes(await clearml.call('server.endpoints'))).toBe('403/20')
  })

  it('wrong input: a body that is no object', async () => {
    expect(codes(await root.call('server.endpoints', undefined, { raw: '[]' }))).toBe('500/0')
  })
})
