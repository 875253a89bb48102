import { beforeAll, describe, expect, it } from 'vitest'
import { codes } from '../auth/auth.fixture.ts'
import { type Clearml, type ClearmlCaller, startClearml } from '../testing/clearml.fixture.ts'

let clearml: Clearml
let root: ClearmlCaller
beforeAll(async () => {
  clearml = await startClearml()
  root = await clearml.another({ role: 'root' })
})

describe('server.config', () => {
  it('success: shows the settings, all or those at a path', async () => {
    const queues = { strict_enqueue: false, lease_seconds: 300 }
    expect(await root.ok('server.config')).toEqual({ queues })
    expect(await root.ok('server.config', { path: 'queues' })).toEqual(queues)
    expect(await root.ok('server.config', { path: 'queues.lease_seconds' })).toEqual({ lease_seconds: 300 })
  })

  it('refusal: an admin of a company does not see the server’s settings', async () => {
    expect(codes(await clearml.call('server.config'))).toBe('403/20')
  })

  it('wrong input: a path that leads nowhere or is no text', async () => {
    for (const path of ['nothing', 'queues.', '__proto__', 'queues.lease_seconds.x', 7]) {
      expect(codes(await root.call('server.config', { path }))).toBe('400/12')
    }
  })
})
