import type { Readable } from 'node:stream'
import { type ImageInput, JobError } from '@inferq/contracts'
import { createLocalFiles } from '@inferq/files'
import { tempDir } from '@inferq/testkit'
import { afterAll, describe, expect, it } from 'vitest'
import { createImageLoader, type ImageLoaderOptions } from './load-images.ts'

const dir = await tempDir('images')
afterAll(() => dir.remove())
const files = createLocalFiles(dir.path)

type FetchBytes = ImageLoaderOptions['fetcher']['fetchBytes']
const answer: FetchBytes = async (url) => ({ bytes: Buffer.from(`bytes of ${url}`), contentType: 'image/png' })

function loader(fetchBytes = answer, more: Partial<ImageLoaderOptions> = {}) {
  const options = { files, fetcher: { fetchBytes }, maxImageBytes: 1_000_000, maxTaskBytes: 2_000_000, ...more }
  const load = createImageLoader(options)
  return (sources: ImageInput['source'][], signal = new AbortController().signal) =>
    load(
      sources.map((source) => ({ source })),
      { signal },
    )
}

const fileOf = (digit: string, index = 0) => `inputs/${digit.repeat(32)}/${index}`
const text = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).toString()
const failing =
  (code: ConstructorParameters<typeof JobError>[0], message: string): FetchBytes =>
  async () => {
    throw new JobError(code, message, { retryAfterMs: 7, cause: 'inside' })
  }

describe('the images of a task', () => {
  it('are brought in their order, from wherever they are', async () => {
    await files.put(fileOf('a'), 'bytes of a file')
    const images = await loader()([
      { url: 'https://img.example/a' },
      { file: fileOf('a') },
      { base64: Buffer.from('inline').toString('base64') },
    ])
    expect(images.map(text)).toEqual(['bytes of https://img.example/a', 'bytes of a file', 'inline'])
  })

  it('keep what of them is to be looked at', async () => {
    const bbox = { xmin: 0, ymin: 0, xmax: 1, ymax: 0.5 }
    const polygon = [0, 0.5, 1].map((x) => ({ x, y: x * x }))
    const load = createImageLoader({ files, fetcher: { fetchBytes: answer }, maxImageBytes: 9, maxTaskBytes: 9 })
    const [image] = await load([{ source: { base64: 'AAAA' }, bbox, polygon }], {
      signal: new AbortController().signal,
    })
    expect(image).toEqual({ bytes: Buffer.alloc(3), bbox, polygon })
  })

  it('are fetched as images of a bounded size, a few at a time', async () => {
    let underWay = 0
    let most = 0
    const fetched: unknown[] = []
    const load = loader(async (url, options) => {
      most = Math.max(most, ++underWay)
      await new Promise(setImmediate)
      underWay--
      fetched.push({ ...options, signal: options.signal instanceof AbortSignal })
      return answer(url, options)
    })
    await load(Array.from({ length: 10 }, (_, index) => ({ url: `https://img.example/${index}` })))
    expect(most).toBe(4)
    expect(fetched[0]).toEqual({ signal: true, maxBytes: 1_000_000, contentTypes: ['image/'] })
  })

  it('are read from a file of many chunks as a whole', async () => {
    const bytes = Buffer.from(Uint8Array.from({ length: 700_000 }, (_, index) => index % 251))
    await files.put(fileOf('b'), bytes)
    const [image] = await loader()([{ file: fileOf('b') }])
    expect(bytes.equals(image?.bytes as Uint8Array)).toBe(true)
  })

  it('cannot be read when their file is gone', async () => {
    await expect(loader()([{ file: fileOf('c') }])).rejects.toMatchObject({
      ...{ code: 'INPUT_UNREADABLE', message: 'the image is no longer in the file store' },
    })
  })

  it('are refused when one is too large, and its file is let go of', async () => {
    const bodies: Readable[] = []
    const read: typeof files.read = async (key) => {
      const found = await files.read(key)
      if (found) bodies.push(found.body)
      return found
    }
    await files.put(fileOf('d'), Buffer.alloc(101))
    await expect(
      loader(answer, { files: { read }, maxImageBytes: 100 })([{ file: fileOf('d') }]),
    ).rejects.toMatchObject({
      ...{ code: 'INPUT_TOO_LARGE', message: 'the image may have 100 bytes at most; send a smaller one' },
    })
    expect(bodies.map(({ destroyed }) => destroyed)).toEqual([true])
  })

  it('are refused when they are too large together, before all of them are there', async () => {
    let fetched = 0
    const load = loader(
      async () => {
        fetched++
        return { bytes: new Uint8Array(60), contentType: null }
      },
      { maxTaskBytes: 100 },
    )
    await expect(load(Array.from({ length: 64 }, () => ({ url: 'https://img.example/' })))).rejects.toMatchObject({
      ...{ code: 'INPUT_TOO_LARGE', message: 'the images of the task may have 100 bytes at most; send fewer per task' },
    })
    expect(fetched).toBeLessThan(10)
  })

  it('name the one that fails by its place where there are several, and keep what else its error says', async () => {
    const load = loader(failing('INPUT_UNREACHABLE', 'img.example does not answer'))
    const error = { code: 'INPUT_UNREACHABLE', retryAfterMs: 7, cause: 'inside' }
    await expect(load([{ base64: 'AAAA' }, { url: 'https://img.example/' }])).rejects.toMatchObject({
      ...{ ...error, message: 'image 2: img.example does not answer' },
    })
    await expect(load([{ url: 'https://img.example/' }])).rejects.toMatchObject({
      ...{ ...error, message: 'img.example does not answer' },
    })
  })

  it('are not waited for once the job is aborted', async () => {
    await files.put(fileOf('e'), Buffer.alloc(700_000))
    const abort = new AbortController()
    const loading = loader()([{ file: fileOf('e') }], abort.signal)
    abort.abort(new Error('stopped'))
    await expect(loading).rejects.toThrow('stopped')
    await expect(loader()([{ file: fileOf('e') }], abort.signal)).rejects.toThrow('stopped')
  })
})
