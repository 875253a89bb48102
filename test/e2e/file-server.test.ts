import { createHash, type Hash } from 'node:crypto'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ClearmlCaller, clearmlCaller, freePort, until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessKey, type Inferq, secretKey, startInferq } from '../lib/inferq.ts'

const mebibyte = 1024 * 1024
const sizeBytes = 1024 * mebibyte
const mostMemoryGrowthBytes = 150 * mebibyte

let inferq: Inferq
let clearml: ClearmlCaller
let filesUrl: string
beforeAll(async () => {
  const filesPort = await freePort()
  filesUrl = `http://127.0.0.1:${filesPort}`
  inferq = await startInferq({
    worker: null,
    api: { INFERQ_FILES_PORT: `${filesPort}`, INFERQ_FILES_GRACE_SECONDS: '0' },
  })
  clearml = await clearmlCaller(inferq.url, accessKey, secretKey)
})
afterAll(() => inferq.stop())

const headers = () => ({ authorization: clearml.authorization })
const get = (url: string, more: Record<string, string> = {}) => fetch(url, { headers: { ...headers(), ...more } })

/** Blocks that differ, so that none can take the place of another. */
async function* blocks(): AsyncGenerator<Buffer> {
  const block = Buffer.alloc(mebibyte, 'inferq')
  for (let index = 0; index < sizeBytes / mebibyte; index++) {
    block.writeUInt32BE(index)
    // The one before may still be on its way.
    yield Buffer.from(block)
  }
}

/** What comes out went into the hash. */
async function* hashing(hash: Hash, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    hash.update(chunk)
    yield chunk
  }
}

/** Posts one file as a form, out of a stream that is read once the server has begun with the request. */
async function upload(url: string, name: string, content: AsyncIterable<Buffer>): Promise<string[]> {
  const boundary = 'generated'
  const sent = request(url, {
    method: 'POST',
    headers: {
      ...headers(),
      'content-type': `multipart/form-data; boundary=${boundary}`,
      expect: '100-continue',
    },
  })
  const answered = new Promise<string>((resolve, reject) => {
    sent.once('error', reject)
    sent.once('response', async (response) => {
      const text = Buffer.concat(await Array.fromAsync(response)).toString()
      if (response.statusCode === 200) resolve(text)
      else reject(new Error(`${response.statusCode} ${text}`))
    })
  })
  async function* form() {
    const disposition = `form-data; name="${name}"; filename="${name}"`
    yield Buffer.from(`--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: x/y\r\n\r\n`)
    yield* content
    yield Buffer.from(`\r\n--${boundary}--\r\n`)
  }
  sent.flushHeaders()
  await Promise.race([once(sent, 'continue'), answered])
  const [, answer] = await Promise.all([pipeline(Readable.from(form()), sent), answered])
  return JSON.parse(answer)
}

const textOf = async function* (text: string) {
  yield Buffer.from(text)
}

/** The most memory that a process has held at once. */
async function peakBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024
}

describe('a file of 1 GiB', () => {
  const name = 'a project/large task.0123456789abcdef0123456789abcdef/artifacts/weights/model.pt'
  const path = name.split('/').map(encodeURIComponent).join('/')

  it('goes up and comes down whole, in constant memory of the api', { timeout: 240_000 }, async () => {
    // The first upload loads what every one of them needs.
    await upload(inferq.url, 'files/warm-up', textOf('x'))
    const before = await peakBytes(inferq.api.pid)
    const [sent, received] = [createHash('sha256'), createHash('sha256')]
    expect(await upload(`${inferq.url}/files`, name, hashing(sent, blocks()))).toEqual([name])
    const answer = await get(`${inferq.url}/files/${path}`)
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, `${sizeBytes}`])
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) received.update(chunk)
    expect(received.digest('hex')).toBe(sent.digest('hex'))
    expect((await peakBytes(inferq.api.pid)) - before).toBeLessThan(mostMemoryGrowthBytes)
  })

  it('is read in parts on the port of the file server, and deleted there', async () => {
    const start = 700 * mebibyte
    const answer = await get(`${filesUrl}/${path}`, { range: `bytes=${start}-${start + 3}` })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([
      206,
      `bytes ${start}-${start + 3}/${sizeBytes}`,
    ])
    expect(Buffer.from(await answer.arrayBuffer()).readUInt32BE()).toBe(700)
    const deleted = await fetch(`${filesUrl}/${path}`, { method: 'DELETE', headers: headers() })
    expect([deleted.status, await deleted.json()]).toEqual([200, name])
    expect((await get(`${inferq.url}/files/${path}`)).status).toBe(404)
  })
})

describe('what the file server does', () => {
  it('is measured by what it was asked for, on both ports', async () => {
    await upload(filesUrl, 'measured.txt', textOf('x'))
    await get(`${inferq.url}/files/measured.txt`)
    const metrics = await (await fetch(`${inferq.url}/metrics`)).text()
    for (const operation of ['files.upload', 'files.download']) expect(metrics).toContain(`route="${operation}"`)
  })
})

describe('files of a task', () => {
  /** A task with an artifact and a draft model whose files were uploaded; answers it with the addresses of both. */
  async function taskWithFiles() {
    const { id } = await clearml.ok('tasks.create', { name: 'with files', type: 'training' })
    const names = [`project/with files.${id}/artifacts/data/a b.json`, `project/with files.${id}/models/m.pt`]
    for (const name of names) await upload(filesUrl, name, textOf(name))
    const [artifact, model] = names.map((name) => `${filesUrl}/${encodeURI(name)}`) as [string, string]
    await clearml.ok('tasks.add_or_update_artifacts', {
      task: id,
      artifacts: [{ key: 'data', type: 'json', mode: 'output', uri: artifact }],
    })
    await clearml.ok('models.create', { name: 'a model', uri: model, task: id, ready: false })
    return { id, urls: [artifact, model] }
  }

  const areGone = (urls: readonly string[]) =>
    until(async () => (await Promise.all(urls.map((url) => get(url)))).every(({ status }) => status === 404), {
      what: 'the files to be deleted',
      timeoutMs: 30_000,
    })

  it('are gone once it is deleted', async () => {
    const { id, urls } = await taskWithFiles()
    for (const url of urls) expect((await get(url)).status).toBe(200)
    await clearml.ok('tasks.delete', { task: id, force: true })
    await areGone(urls)
  })

  it('are gone once it is reset, and stay when the request says so', async () => {
    const [lost, kept] = [await taskWithFiles(), await taskWithFiles()]
    await clearml.ok('tasks.reset', { task: kept.id, force: true, delete_external_artifacts: false })
    await clearml.ok('tasks.reset', { task: lost.id, force: true })
    // The sweep takes the oldest notes first, so those that are kept would be gone by then.
    await areGone(lost.urls)
    for (const url of kept.urls) expect((await get(url)).status).toBe(200)
  })
})

describe('an api that is told to stop', () => {
  it('lets an upload that is under way come to its end', async () => {
    const filesPort = await freePort()
    const { api, url } = await inferq.startApi({ INFERQ_FILES_PORT: `${filesPort}` })
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    async function* slowly() {
      yield Buffer.from('first ')
      begun.resolve()
      await goOn.promise
      yield Buffer.from('last')
    }
    const uploading = upload(`http://127.0.0.1:${filesPort}`, 'slow.txt', slowly())
    await begun.promise
    process.kill(api.pid, 'SIGTERM')
    await until(async () => (await fetch(`${url}/healthz`).catch(() => null)) === null, { what: 'the api to close' })
    goOn.resolve()
    expect(await uploading).toEqual(['slow.txt'])
    expect(await (await get(`${filesUrl}/slow.txt`)).text()).toBe('first last')
  })
})
