import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { DomainError } from '@inferq/domain'
import { until } from '@inferq/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import { maxBase64Bytes } from '../limits.ts'
import type { TwelvelabsServices } from '../services.ts'
import { createTask, newAssetId, url, videoRequest } from '../testing/media-tasks.fixture.ts'
import { listen, queueCapacity } from '../testing/shared-parts.fixture.ts'
import { startTwelvelabs, type Twelvelabs } from '../testing/twelvelabs.fixture.ts'

let twelvelabs: Twelvelabs
beforeAll(async () => {
  twelvelabs = await startTwelvelabs()
})

const withBytes = (bytes: Buffer) => videoRequest({ media_source: { base64_string: bytes.toString('base64') } })
const sourceOf = async (of: Twelvelabs, body: unknown) => {
  const { task } = await createTask(of, body)
  const { source } = (await of.inputOf(task)) as { source: object }
  return { task, source }
}

describe('a medium that comes with a request', () => {
  it('rides in the input when it is small, else it is a file of the task', async () => {
    for (const length of [1, 2, 3, 65_536]) {
      const bytes = randomBytes(length)
      const { source } = await sourceOf(twelvelabs, withBytes(bytes))
      expect(source).toEqual({ base64: bytes.toString('base64') })
    }
    for (const length of [65_537, 196_608, 1_000_000]) {
      const bytes = randomBytes(length)
      const { task, source } = await sourceOf(twelvelabs, withBytes(bytes))
      const key = `inputs/${task.id}/0`
      expect(source).toEqual({ file: key })
      const read = await twelvelabs.files.read(key)
      expect(Buffer.concat((await read?.body.toArray()) ?? []).equals(bytes)).toBe(true)
    }
  })

  it('has at most 36 MiB', async () => {
    const { task } = await sourceOf(twelvelabs, withBytes(Buffer.alloc(maxBase64Bytes)))
    expect(await twelvelabs.files.stat(`inputs/${task.id}/0`)).toMatchObject({ size: maxBase64Bytes })
    const answer = await twelvelabs.call('POST', '/embed-v2/tasks', {
      body: withBytes(Buffer.alloc(maxBase64Bytes + 1)),
    })
    expect(answer).toMatchObject({ status: 400, body: { code: 'parameter_invalid' } })
    expect(answer.body.message).toContain(`video.media_source.base64_string: must be at most ${maxBase64Bytes} bytes`)
  })
})

describe('an asset', () => {
  const asset = { contentType: 'video/mp4', sizeBytes: 3 }

  it('is found by its id: an uploaded one as the file that it is, another at its address', async () => {
    const { company, store } = twelvelabs
    const [uploaded, linked] = [newAssetId(), newAssetId()]
    const path = `assets/${uploaded}/film ü.mp4`
    await store.assets.insertAsset({ ...asset, id: uploaded, company, filename: 'film ü.mp4', at: { path } })
    await store.assets.insertAsset({ ...asset, id: linked, company, filename: null, at: { url } })
    const source = async (asset_id: string) =>
      (await sourceOf(twelvelabs, videoRequest({ media_source: { asset_id } }))).source
    expect(await source(uploaded)).toEqual({ file: `artifacts/${company}/assets/${uploaded}/film%20%C3%BC.mp4` })
    expect(await source(linked)).toEqual({ url })
  })

  it('of another company is not there', async () => {
    const { company, store } = await startTwelvelabs()
    const id = newAssetId()
    await store.assets.insertAsset({ ...asset, id, company, filename: null, at: { url } })
    const body = videoRequest({ media_source: { asset_id: id } })
    const answer = await twelvelabs.call('POST', '/embed-v2/tasks', { body })
    expect(answer).toMatchObject({ status: 400, body: { code: 'parameter_invalid' } })
  })
})

/** A server of these services that notes which files it writes. */
async function start(changes: Partial<TwelvelabsServices> = {}) {
  const { services } = twelvelabs
  const written: string[] = []
  const files: TwelvelabsServices['files'] = {
    ...services.files,
    write(key, source) {
      written.push(key)
      return services.files.write(key, source)
    },
  }
  const at = await listen({ ...services, files, ...changes })
  const left = async () => {
    const stats = await Promise.all(written.map((key) => twelvelabs.files.stat(key)))
    return written.filter((_, i) => stats[i] !== null)
  }
  const send = (of = twelvelabs) => of.call('POST', '/embed-v2/tasks', { at, body: withBytes(randomBytes(100_000)) })
  return { at, written, left, send }
}

describe('a request that comes to nothing leaves no file behind', () => {
  it('when its queue is full', async () => {
    const full = await startTwelvelabs()
    for (let i = 0; i < queueCapacity; i++) await createTask(full)
    const { send, written, left } = await start()
    const answer = await send(full)
    expect(answer).toMatchObject({ status: 429, body: { code: 'too_many_requests' } })
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/)
    expect([written.length, await left()]).toEqual([1, []])
  })

  it('when the record is away', async () => {
    const submit = async () => Promise.reject(new DomainError('STORE_UNREACHABLE', 'the record cannot be reached'))
    const { send, written, left } = await start({ submit })
    expect(await send()).toMatchObject({ status: 500, body: { code: 'internal_server_error' } })
    expect([written.length, await left()]).toEqual([1, []])
  })

  it('when the store of files is away', async () => {
    const write = async () => Promise.reject(new DomainError('STORE_UNREACHABLE', 'the files cannot be reached'))
    const { send } = await start({ files: { ...twelvelabs.services.files, write } })
    const before = await twelvelabs.tasks()
    expect((await send()).status).toBe(500)
    expect(await twelvelabs.tasks()).toHaveLength(before.length)
  })

  it('when its client goes away before all has come', async () => {
    const { at, written } = await start()
    const before = await twelvelabs.tasks()
    const ended = Promise.withResolvers<void>()
    const headers = { 'x-api-key': twelvelabs.secretKey, 'content-type': 'application/json' }
    const sending = request(`${at}/v1.3/embed-v2/tasks`, { method: 'POST', headers })
    sending.on('error', () => ended.resolve())
    sending.write(JSON.stringify(withBytes(randomBytes(200_000))).slice(0, 100_000), () =>
      sending.destroy(new Error('gone')),
    )
    await ended.promise
    await until(async () => (await twelvelabs.call('GET', '/embed-v2/tasks', { at })).status === 200, {
      what: 'the server to go on',
    })
    expect([written, await twelvelabs.tasks()]).toEqual([[], before])
  })
})
