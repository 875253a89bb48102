import { readdir } from 'node:fs/promises'
import { type TempDir, tempDir, until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { animated, badImages, cmykJpeg, jpeg, turnedJpeg, webp } from '../lib/deepomatic/odd-images.ts'
import { dataUri, noisy, plain } from '../lib/deepomatic/pictures.ts'
import type { TaskObject } from '../lib/deepomatic/shapes.ts'
import { type DeepomaticSystem, startDeepomatic, tinySpec } from '../lib/deepomatic/system.ts'
import { type MediaServer, startMediaServer } from '../lib/media-server.ts'

let files: TempDir
let allowed: MediaServer
let system: DeepomaticSystem
beforeAll(async () => {
  files = await tempDir('files')
  allowed = await startMediaServer({ 'red.png': plain('red'), 'large.png': noisy(), 'page.html': Buffer.from('<p>') })
  const shared = { INFERQ_FILES_DIR: files.path }
  system = await startDeepomatic({ api: shared, worker: { ...shared, INFERQ_FETCH_ALLOW: '127.0.0.1' } })
})
afterAll(async () => {
  await system?.stop()
  await allowed?.[Symbol.asyncDispose]()
  files?.remove()
})

const start = (source: string | Uint8Array) => system.client.start(tinySpec, { inputs: [{ source }] })

async function ended(source: string | Uint8Array): Promise<TaskObject> {
  const id = await start(source)
  return until(
    async () => {
      const task = await system.client.task(id)
      return task.status !== 'pending' && task
    },
    { what: `task ${id} to end`, timeoutMs: 30_000 },
  )
}
const labelOf = ({ status, error, data }: TaskObject) => {
  expect({ status, error }).toEqual({ status: 'success', error: null })
  return data.outputs[0].labels.predicted[0].label_name
}
const pids = async () => (await system.inferq.client.workers()).map(({ pid }) => pid)

/** A sentence, and nothing of what the server is made of. */
function expectForPeople({ status, error }: TaskObject): void {
  expect({ status, error }).toEqual({ status: 'error', error: expect.stringMatching(/^[^\n]{10,300}$/) })
  expect(error).not.toMatch(/undefined|null|\[object|vips|sharp|node_modules|\.ts\b|\bat .*:\d|\/tmp|0x/i)
}

describe('an image that cannot be read', async () => {
  it.each(Object.entries(await badImages()))(
    'is an error that people understand, and costs nobody else: %s',
    async (_, bytes) => {
      const before = await pids()
      for (const source of [bytes, dataUri(bytes, '*')]) expectForPeople(await ended(source))
      expect(labelOf(await ended(plain('green')))).toBe('green')
      expect(await pids()).toEqual(before)
    },
  )

  it('is one too when it has no bytes', async () => {
    expectForPeople(await ended(Buffer.alloc(0)))
    const body = { inputs: [{ image: { source: dataUri(Buffer.alloc(0)) } }] }
    const { status, data } = await system.wire.json('POST', `${tinySpec}/inference`, body)
    if (status === 400) return expect(data.error).toMatch(/\S/)
    await expect(system.client.wait(data.task_id)).rejects.toThrow('"status":"error"')
  })

  it('is named by its place among others', async () => {
    const sources = [plain('red'), Buffer.from('no image'), plain('blue')]
    const id = await system.client.start(tinySpec, { inputs: sources.map((source) => ({ source })) })
    await expect(system.client.wait(id)).rejects.toThrow('"status":"error"')
    expect((await system.client.task(id)).error).toMatch(/\b(inputs|images)\[1\]|\bimage (2|1)\b|second/i)
  })
})

describe('an image of an unusual kind', () => {
  it.each([
    ['a JPEG in four colors of print', () => cmykJpeg('red')],
    ['an animated GIF, by its first frame', () => animated('gif', 'red', 'blue')],
    ['an animated WebP, by its first frame', () => animated('webp', 'red', 'blue')],
    ['a JPEG', () => jpeg('red')],
    ['a WebP', () => webp('red')],
  ])('is read: %s', async (_what, make) => {
    const bytes = await make()
    for (const source of [bytes, dataUri(bytes, '*')]) expect(labelOf(await ended(source))).toBe('red')
  })

  it('is turned as the camera was held before a part of it is cut out', async () => {
    const bbox = { xmin: 0.6, ymin: 0, xmax: 1, ymax: 1 }
    const inputs = [{ source: await turnedJpeg('red', 'blue'), bbox }]
    const { outputs } = await system.client.infer(tinySpec, { inputs })
    expect(outputs[0].labels.predicted[0].label_name).toBe('red')
  })
})

describe('an image by its address', () => {
  it('is fetched from inside where that is allowed, however large it is', async () => {
    expect(labelOf(await ended(allowed.url('red.png')))).toBe('red')
    expect(labelOf(await ended(allowed.url('large.png')))).toBe('red')
  })

  it('is refused elsewhere inside, and nothing connects there', async () => {
    const before = allowed.asked.length
    const { port } = new URL(allowed.url(''))
    const places = [`[::1]:${port}/red.png`, 'localhost.:9/x', '169.254.169.254/latest', '10.0.0.1', '2130706433:1']
    for (const place of places) expectForPeople(await ended(`http://${place}`))
    expect(allowed.asked).toHaveLength(before)
  })

  it('does not tell which address inside a name stands for', async () => {
    const { error } = await ended('http://localhost:9/red.png')
    expect(error).not.toMatch(/127\.0\.0\.1|::1/)
  })

  it('is an error where nothing is, or what is no image', async () => {
    expectForPeople(await ended(allowed.url('nothing.png')))
    expectForPeople(await ended(allowed.url('page.html')))
  })
})

describe('an image that is too large to ride in its job', () => {
  it('is a file as long as its task is there', async () => {
    const kept = async () => {
      const entries = await readdir(files.path, { recursive: true, withFileTypes: true })
      return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`)
    }
    const before = await kept()
    const task = await ended(noisy())
    expect(labelOf(task)).toBe('red')
    expect(await kept()).toHaveLength(before.length + 1)
    await system.inferq.client.delete(await system.nativeId(task.id))
    await until(async () => (await kept()).length === before.length, { what: 'its file to be gone', timeoutMs: 20_000 })
    expect(await kept()).toEqual(before)
  })

  it('leaves no file when its request is refused', async () => {
    const before = await readdir(files.path, { recursive: true })
    const inputs = [{ image: { source: dataUri(noisy()) } }, { image: { source: 'nothing' } }]
    expect((await system.wire.json('POST', `${tinySpec}/inference`, { inputs })).status).toBe(400)
    expect(await readdir(files.path, { recursive: true })).toEqual(before)
  })
})
