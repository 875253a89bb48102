import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Outcome } from '@inferq/contracts'
import { writeTinyImageModel, writeTinyTextModel } from '@inferq/engines'
import { createLocalFiles } from '@inferq/files'
import { createLine, patientConnection, readOutcomes, requestConnection, untilReady } from '@inferq/queue'
import { createCleanup } from '@inferq/service'
import { createLogger } from '@inferq/telemetry'
import { png, type Rgb, startRedis, tempDir, until } from '@inferq/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { payloadOf, randomId, silentLog } from './worker.fixture.ts'
import { openWorker } from './worker.ts'

const picture = (colour: Rgb) => png(40, 30, () => colour)
const [red, green, blue] = [picture([255, 0, 0]), picture([0, 255, 0]), picture([0, 0, 255])]

const redisServer = await startRedis()
const dir = await tempDir('worker-images')
const files = createLocalFiles(join(dir.path, 'files'))
const redis = requestConnection({ url: redisServer.url, name: 'test', log: silentLog })
const outcomesRedis = patientConnection({ url: redisServer.url, name: 'test', log: silentLog })
const line = createLine(redis, silentLog)
const log = createLogger({ name: 'worker', level: 'silent' })
const cleanup = createCleanup(log)
const outcomes: Outcome[] = []
const reader = readOutcomes({
  redis: outcomesRedis,
  consumer: 'test',
  record: async (batch) => void outcomes.push(...batch),
  log: silentLog,
})
const pictures = createServer((_, response) => response.setHeader('content-type', 'image/png').end(blue))

beforeAll(async () => {
  await writeTinyTextModel(join(dir.path, 'models', 'tiny'))
  await writeTinyImageModel(join(dir.path, 'models', 'colours'))
  await new Promise<void>((resolve) => pictures.listen(0, '127.0.0.1', resolve))
  await untilReady(redis, 5_000)
})
afterEach(() => cleanup.run())
afterAll(async () => {
  pictures.close()
  await reader.stop()
  await line.close()
  for (const connection of [redis, outcomesRedis]) connection.disconnect()
  await redisServer.stop()
  dir.remove()
})

async function startWorker(company: string, env: NodeJS.ProcessEnv = {}) {
  const config = readConfig({
    REDIS_URL: redisServer.url,
    INFERQ_COMPANY: company,
    INFERQ_DATA_DIR: dir.path,
    INFERQ_TEXT_MODELS: 'tiny',
    INFERQ_IMAGE_MODELS: 'colours',
    INFERQ_MEDIA_MODELS: 'none',
    INFERQ_AUDIO_MODELS: 'none',
    INFERQ_DEVICE: 'cpu',
    INFERQ_ENGINE_THREADS: '1',
    INFERQ_ALLOW_REMOTE_MODELS: 'false',
    ...env,
  })
  return openWorker(config, log, cleanup)
}

/** The last word on a task. */
async function run(company: string, job: string, input: unknown) {
  const payload = payloadOf(input, { job, attempts: 1 })
  await line.addJobs([{ ref: { company, queue: 'default' }, priority: 100, payload }])
  const last = () => outcomes.findLast(({ taskId, kind }) => taskId === payload.taskId && kind !== 'started')
  await until(() => last() !== undefined, { what: 'the outcome' })
  return last()
}

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
