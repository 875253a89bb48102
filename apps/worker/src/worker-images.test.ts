import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Outcome } from '@inferq/contracts'
import { writeTinyTextModel } from '@inferq/engines'
import { createLocalFiles } from '@inferq/files'
import { png, type Rgb, until } from '@inferq/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { randomId } from './worker.fixture.ts'
import { openWorkerSystem } from './worker-system.fixture.ts'

const picture = (colour: Rgb) => png(40, 30, () => colour)
const [red, green, blue] = [picture([255, 0, 0]), picture([0, 255, 0]), picture([0, 0, 255])]

const { dir, files, redis, line, startWorker, run } = await openWorkerSystem('worker-images', {
  INFERQ_IMAGE_MODELS: 'colours',
})
const pictures = createServer((_, response) => response.setHeader('content-type', 'image/png').end(blue))
beforeAll(() => new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve)))
afterAll(() => void pictures.close())

const labelsIn = (outcome: Outcome | undefined) =>
  JSON.parse((outcome as { result: string }).result).images.map(
    ({ predicted }: { predicted: { label_name: string }[] }) => predicted[0]?.label_name,
  )

describe('a worker with a model for images', () => {
  it('labels images that came in the input, as a file and by address, in their order', async () => {
    const company = randomId()
    await startWorker(company, { INFERQ_FETCH_ALLOW: '127.0.0.1' })
    const file = `inputs/${randomId()}/0`
    await files.put(file, green)
    const { port } = pictures.address() as AddressInfo
    const sources = [{ base64: red.toString('base64') }, { file }, { url: `http://127.0.0.1:${port}/blue.png` }]
    const outcome = await run(company, 'classify.image', { images: sources.map((source) => ({ source })) })
    expect(labelsIn(outcome)).toEqual(['red', 'green', 'blue'])
    expect(outcome).toMatchObject({ kind: 'succeeded', timings: { computingMs: expect.any(Number) } })
  })

  it('fetches nothing from inside unless that is allowed', async () => {
    const company = randomId()
    await startWorker(company)
    const { port } = pictures.address() as AddressInfo
    const images = [{ source: { url: `http://127.0.0.1:${port}/blue.png` } }]
    expect(await run(company, 'classify.image', { images })).toMatchObject({
      kind: 'failed',
      error: { code: 'INPUT_REFUSED' },
    })
  })

  it('fails a task whose image is none, and says which; it goes on with others', async () => {
    const company = randomId()
    await startWorker(company)
    const [good, bad] = [red, Buffer.from('not an image')].map((bytes) => ({
      source: { base64: bytes.toString('base64') },
    }))
    expect(await run(company, 'classify.image', { images: [good, bad] })).toMatchObject({
      kind: 'failed',
      error: { code: 'INPUT_UNREADABLE', message: expect.stringMatching(/^image 2\b/) },
    })
    expect(labelsIn(await run(company, 'classify.image', { images: [good] }))).toEqual(['red'])
  })

  it('says what the model can do, again after Redis lost its data', async () => {
    const company = randomId()
    await startWorker(company)
    const models = async () => (await line.imageModels(company)).map(({ name, job }) => [name, job])
    await until(async () => (await models()).length > 0, { what: 'the model to be announced' })
    expect(await models()).toEqual([['colours', 'classify.image']])
    await redis.flushall()
    await until(async () => (await models()).length > 0, { what: 'the model to be announced again' })
  })
})

describe('a worker that cannot load the built-in model for images', () => {
  it('runs all other jobs, and fails those for it', async () => {
    const company = randomId()
    // What stands in the model's place seems to be it, and is not.
    const modelsDir = join(dir.path, 'models-without')
    await writeTinyTextModel(join(modelsDir, 'tiny'))
    const files = createLocalFiles(modelsDir)
    await files.put('coco-objects/onnx/model.onnx', 'broken')
    const marker = { converter: 1, source: 'nowhere', modelBytes: 'broken'.length }
    await files.put('coco-objects/inferq-model.json', JSON.stringify(marker))
    await startWorker(company, { INFERQ_MODELS_DIR: modelsDir, INFERQ_IMAGE_MODELS: '' })
    expect(await run(company, 'embed.text', { texts: ['a'] })).toMatchObject({ kind: 'succeeded' })
    const images = [{ source: { base64: red.toString('base64') } }]
    expect(await run(company, 'classify.image', { images })).toMatchObject({
      kind: 'failed',
      error: { code: 'MODEL_LOAD_FAILED' },
    })
    expect(await line.imageModels(company)).toEqual([])
  })

  it('does not start when another one that it is to have cannot be loaded', async () => {
    await expect(startWorker(randomId(), { INFERQ_IMAGE_MODELS: 'no-such-model' })).rejects.toMatchObject({
      code: 'MODEL_LOAD_FAILED',
    })
  })
})
