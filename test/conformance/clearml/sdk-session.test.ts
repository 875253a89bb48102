import { until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTask } from '../../lib/clearml-sdk/actions.ts'
import { type SdkSystem, startSdkSystem } from '../../lib/clearml-sdk/system.ts'
import { openSdkSession, readClaims } from '../../lib/clearml-sdk/wire.ts'

let system: SdkSystem
beforeAll(async () => {
  system = await startSdkSystem()
})
afterAll(() => system?.stop())

const goodForSec = (token: string) => readClaims(token).exp - readClaims(token).iat

describe('a session of the SDK', () => {
  it('starts with keys, and reads in the token what the server can do', async () => {
    const claims = readClaims(system.sdk.token)
    expect(claims).toMatchObject({ api_version: '2.31', feature_set: 'basic', session_id: expect.any(String) })
    expect(claims.server_version).toMatch(/^\d+(\.\d+)+$/)
    expect(claims.identity).toMatchObject({ user: expect.any(String), company: expect.any(String) })
    expect(goodForSec(system.sdk.token)).toBe(2_592_000)
  })

  it('calls the newest of its request sets that the server knows', async () => {
    expect((await system.sdk.call('tasks.get_all', { page_size: 1, page: 0 })).version).toBe('2.23')
  })

  it('keeps one connection for calls that follow each other, though their bodies come with GET', async () => {
    const sdk = await system.open()
    const id = Array<string>(500).fill('f'.repeat(32))
    for (const page of [0, 1, 2]) await sdk.ok('tasks.get_all', { id, page, page_size: 1 })
    await sdk.call('tasks.get_by_id', { task: 'f'.repeat(32) })
    expect(sdk.connections).toBe(1)
  })

  it('has a token for as long as it asks', async () => {
    const sdk = await system.open({ expirationSec: 600 })
    expect(goodForSec(sdk.token)).toBe(600)
  })

  it('renews a token that is about to end before its next call', async () => {
    const sdk = await system.open({ expirationSec: 30 })
    const first = sdk.token
    await sdk.ok('tasks.get_all', { page: 0, page_size: 1 })
    expect(sdk.logins).toBe(2)
    expect(goodForSec(first)).toBe(30)
  })

  it('logs in again and repeats a call once when its token is no longer taken', async () => {
    const sdk = await system.open()
    const ended = sdk.token
    await sdk.ok('auth.logout')
    await sdk.ok('tasks.get_all', { page: 0, page_size: 1 })
    expect(sdk.logins).toBe(2)
    expect(sdk.token).not.toBe(ended)
  })

  it('is told 401/30 by a token that is no longer taken, in an answer that it can read', async () => {
    const sdk = await system.open()
    const stale = await system.open({}, { token: sdk.token })
    await sdk.ok('auth.logout')
    await expect(stale.call('tasks.get_all')).rejects.toThrow('auth.login answered 401/30')
  })

  it('starts from a token, as inside an agent, and renews it with itself', async () => {
    const started = await system.open({ expirationSec: 600 })
    const sdk = await system.open({ expirationSec: 700 }, { token: started.token })
    expect(goodForSec(sdk.token)).toBe(700)
    expect(readClaims(sdk.token).identity).toEqual(readClaims(started.token).identity)
    await sdk.ok('tasks.get_all', { page: 0, page_size: 1 })
  })

  it('is refused with wrong keys, in an answer that it can read', async () => {
    const keys = { accessKey: 'NO', secretKey: 'NO' }
    await expect(openSdkSession(system.inferq.url, keys)).rejects.toThrow('auth.login answered 401/22')
  })

  it('is understood when it sends the older headers alone', async () => {
    const old = await system.open({ prefixes: ['X-Trains'], worker: 'old-host' })
    const task = await createTask(old)
    await old.batch('events.add_batch', [{ type: 'log', task: task.id, timestamp: 1_700_000_000_000, msg: 'hello' }])
    const { events } = await old.ok('events.get_task_log', { task: task.id, batch_size: 1 })
    expect(events).toMatchObject([{ msg: 'hello', worker: 'old-host' }])
  })

  it('leaves behind from where its keys were used', async () => {
    await until(
      async () => {
        const { credentials } = await system.sdk.ok('auth.get_credentials')
        return credentials.some(({ last_used_from }: { last_used_from?: string }) => last_used_from === 'workstation')
      },
      { what: 'the use of the keys to be noted' },
    )
  })

  it('is answered by an error and empty data when what it asks for is not there', async () => {
    const missing = 'f'.repeat(32)
    const codes = { status: 400, data: {} }
    expect(await system.sdk.call('tasks.get_by_id', { task: missing })).toMatchObject({ ...codes, subcode: 101 })
    expect(await system.sdk.call('projects.get_by_id', { project: missing })).toMatchObject({ ...codes, subcode: 401 })
    expect(await system.sdk.call('queues.get_by_id', { queue: missing })).toMatchObject({ ...codes, subcode: 701 })
    expect(await system.sdk.call('models.get_by_id', { model: missing })).toMatchObject({ ...codes, subcode: 201 })
  })
})
