import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { maxImageBytes } from '@inferq/contracts'
import { DomainError } from '@inferq/domain'
import { until } from '@inferq/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DeepomaticServices } from '../services.ts'
import { type Deepomatic, labeller, startDeepomatic } from '../testing/deepomatic.fixture.ts'
import { form, formHeaders, type Part } from '../testing/form.fixture.ts'
import { listen, queueCapacity } from '../testing/shared-parts.fixture.ts'

let deepomatic: Deepomatic
beforeAll(async () => {
  deepomatic = await startDeepomatic()
  await deepomatic.announce(labeller())
})

const path = '/recognition/public/tiny-labels/inference'
const image = (bytes: number, place = 0): Part => ({
  ...{ name: `inputs[${place}]image.source`, filename: 'a.jpg', value: randomBytes(bytes) },
})
const body = { inputs: [{ image: { source: 'https://img.example/a.jpg' } }] }

/** A server of these services that notes which files it writes. */
async function start(changes: Partial<DeepomaticServices> = {}) {
  const { services } = deepomatic
  const written: string[] = []
  const files: DeepomaticServices['files'] = {
    delete: (key) => services.files.delete(key),
    write(key, source) {
      written.push(key)
      return services.files.write(key, source)
    },
  }
  const at = await listen({ ...services, files, ...changes })
  const left = async () => {
    const stats = await Promise.all(written.map((key) => deepomatic.files.stat(key)))
    return written.filter((_, i) => stats[i] !== null)
  }
  const send = (parts: readonly Part[], end = true) =>
    deepomatic.call('POST', path, { at, raw: form(parts, end), headers: formHeaders })
  return { at, written, left, send }
}

describe('a refused inference', () => {
  it('leaves no file behind, whatever is wrong and wherever', async () => {
    const { send, written, left } = await start()
    const wrong = { name: 'max_predictions', value: '0' }
    expect((await send([image(100_000), wrong])).status).toBe(400)
    expect((await send([image(100_000), image(100_000, 2)])).status).toBe(400)
    expect((await send([image(100_000), image(100_000)])).status).toBe(400)
    expect((await send([image(100_000), image(100_000, 1)], false)).status).toBe(400)
    expect(written.length).toBeGreaterThan(6)
    expect(await left()).toEqual([])
  })

  it('is so because an image is too large, as soon as that is known', async () => {
    const { send, left } = await start()
    const answer = await send([image(100_000), image(maxImageBytes + 1, 1)])
    expect(answer).toMatchObject({ status: 413, body: { error: expect.stringContaining('inputs[1].image.source') } })
    expect((await send([image(maxImageBytes)])).status).toBe(200)
    expect(await left()).toHaveLength(1)
  })

  it('is so because its queue is full, and may be sent again', async () => {
    const full = await startDeepomatic()
    await full.announce(labeller())
    for (let i = 0; i < queueCapacity; i++) await full.ok('POST', path, { body })
    const { at, left } = await start()
    const raw = form([image(100_000)])
    const answer = await full.call('POST', path, { at, raw, headers: formHeaders })
    expect(answer).toMatchObject({ status: 429, body: { error: expect.stringContaining('full') } })
    expect(answer.headers['retry-after']).toMatch(/^\d+$/)
    expect(await left()).toEqual([])
  })

  it('is so because the record is away, and leaves no file behind', async () => {
    const submit = async () => Promise.reject(new DomainError('STORE_UNREACHABLE', 'the record cannot be reached'))
    const { send, left, written } = await start({ submit })
    expect(await send([image(100_000)])).toMatchObject({ status: 503, body: { error: expect.stringMatching(/./) } })
    expect([written.length, await left()]).toEqual([1, []])
  })

  it('is so because the store of files is away', async () => {
    const write = async () => Promise.reject(new DomainError('STORE_UNREACHABLE', 'the files cannot be reached'))
    const { send } = await start({ files: { ...deepomatic.services.files, write } })
    expect((await send([image(100_000)])).status).toBe(503)
    expect((await send([image(100)])).status).toBe(200)
  })

  it('leaves no file behind when its client goes away in the middle', async () => {
    let ended = 0
    const { services } = deepomatic
    const { at, written, left } = await start({
      files: {
        delete: (key) => services.files.delete(key),
        async write(key, source) {
          written.push(key)
          return services.files.write(key, source).finally(() => ended++)
        },
      },
    })
    const headers = { ...formHeaders, 'x-api-key': deepomatic.secretKey }
    const sending = request(`${at}/v0.7${path}`, { method: 'POST', headers })
    sending.on('error', () => {})
    sending.write(form([image(1_000_000)], false).subarray(0, 500_000))
    await until(() => written.length === 1, { what: 'the image to be written' })
    sending.destroy()
    await until(() => ended === 1, { what: 'the writing to end' })
    expect(await left()).toEqual([])
  })

  it('is so because there is nothing of that name to run', async () => {
    for (const unknown of ['/recognition/public/none', '/recognition/specs/999999', '/recognition/versions/none']) {
      const answer = await deepomatic.call('POST', `${unknown}/inference`, { body })
      expect(answer).toMatchObject({ status: 404, body: { error: expect.stringMatching(/./) } })
    }
  })
})

describe('an inference', () => {
  it('waits on the queue that the server is told', async () => {
    const { at } = await start({ settings: { queue: 'pictures' } })
    const { body: answer } = await deepomatic.call('POST', path, { at, body })
    expect(await deepomatic.task(answer.task_id)).toMatchObject({ queue: 'pictures', user: deepomatic.user.id })
  })

  it('runs what a spec and a version say, and nothing for a spec without a version', async () => {
    const outputs = [{ labels: { roi: 'NONE', exclusive: true, labels: labeller().labels } }]
    const spec = await deepomatic.ok('POST', '/recognition/specs', { body: { name: 'mine', outputs } })
    const refused = await deepomatic.call('POST', `/recognition/specs/${spec.id}/inference`, { body })
    expect(refused).toMatchObject({ status: 400, body: { error: expect.stringContaining('version') } })
  })
})
