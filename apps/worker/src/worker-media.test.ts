import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Outcome } from '@inferq/contracts'
import { writeTinyImageModel, writeTinyTextModel } from '@inferq/engines'
import { createLocalFiles } from '@inferq/files'
import { findMediaTools } from '@inferq/media'
import { createLine, patientConnection, readOutcomes, requestConnection, untilReady } from '@inferq/queue'
import { createCleanup } from '@inferq/service'
import { createLogger } from '@inferq/telemetry'
import { makeClip, startRedis, tempDir, until } from '@inferq/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { payloadOf, randomId, silentLog } from './worker.fixture.ts'
import { openWorker } from './worker.ts'

const redisServer = await startRedis()
const dir = await tempDir('worker-media')
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
let clip = Buffer.alloc(0)

beforeAll(async () => {
  await writeTinyTextModel(join(dir.path, 'models', 'tiny'))
  await writeTinyImageModel(join(dir.path, 'models', 'colours'))
  const tools = findMediaTools(process.env)
  if (tools === null) throw new Error('there is no ffmpeg')
  const scenes = [{ look: 'red', seconds: 3 } as const, { look: 'blue', seconds: 3 } as const]
  clip = await readFile(await makeClip(tools.ffmpeg, join(dir.path, 'a.mp4'), { video: { scenes } }))
  await untilReady(redis, 5_000)
})
afterEach(() => cleanup.run())
afterAll(async () => {
  await reader.stop()
  await line.close()
  for (const connection of [redis, outcomesRedis]) connection.disconnect()
  await redisServer.stop()
  dir.remove()
})

async function startWorker(company: string, env: NodeJS.ProcessEnv = {}) {
  const config = readConfig({
    PATH: process.env.PATH,
    REDIS_URL: redisServer.url,
    INFERQ_COMPANY: company,
    INFERQ_DATA_DIR: dir.path,
    INFERQ_TEXT_MODELS: 'tiny',
    INFERQ_IMAGE_MODELS: 'colours',
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
  const isLast = ({ kind }: Outcome) => kind !== 'started' && kind !== 'progress'
  const last = () => outcomes.find((outcome) => outcome.taskId === payload.taskId && isLast(outcome))
  await until(() => last() !== undefined, { what: 'the outcome', timeoutMs: 30_000 })
  return last()
}

const embedVideo = (company: string, source: object) =>
  run(company, 'embed.video', { source, embedding_options: ['visual'] })

/** Files of jobs that this worker left in its scratch folder. */
async function leftInScratch(): Promise<string[]> {
  const folder = join(dir.path, 'scratch')
  const own = await readdir(folder)
  return (await Promise.all(own.map((name) => readdir(join(folder, name))))).flat()
}

describe('a worker', () => {
  it('embeds a video that was stored, in its input or uploaded, and leaves nothing of it behind', async () => {
    const company = randomId()
    await startWorker(company)
    const stored = [`inputs/${randomId()}/0`, `artifacts/${company}/a.mp4`]
    for (const key of stored) await files.put(key, clip)
    const sources = [...stored.map((file) => ({ file })), { base64: clip.toString('base64') }]
    for (const source of sources) {
      const outcome = await embedVideo(company, source)
      expect(outcome).toMatchObject({ kind: 'succeeded' })
      const result = JSON.parse((outcome as { result: string }).result)
      expect(result).toMatchObject({ model: 'marengo3.0', dimensions: 512, duration_sec: expect.closeTo(6, 1) })
    }
    expect(await leftInScratch()).toEqual([])
    await expect(readdir(join(dir.path, 'files', 'partials'))).rejects.toThrow('ENOENT')
  })

  it('fails a medium that is none, and goes on', async () => {
    const company = randomId()
    await startWorker(company)
    const source = { base64: Buffer.from('no video').toString('base64') }
    expect(await embedVideo(company, source)).toMatchObject({
      ...{ kind: 'failed', error: { code: 'INPUT_UNREADABLE' } },
    })
    expect(await leftInScratch()).toEqual([])
  })

  it('that has no ffmpeg starts, runs all other jobs, and says what it lacks to those for it', async () => {
    const company = randomId()
    await startWorker(company, { FFMPEG_PATH: '/nowhere/ffmpeg', FFPROBE_PATH: '/nowhere/ffprobe' })
    const source = { base64: clip.toString('base64') }
    expect(await embedVideo(company, source)).toMatchObject({
      ...{ kind: 'failed', error: { code: 'ENGINE_UNAVAILABLE' } },
    })
    expect(await run(company, 'embed.text', { texts: ['a'] })).toMatchObject({ kind: 'succeeded' })
  })

  it('that cannot have a scratch folder starts, and says so to jobs that need one', async () => {
    const company = randomId()
    await startWorker(company, { INFERQ_SCRATCH_DIR: join(dir.path, 'a.mp4') })
    const source = { base64: clip.toString('base64') }
    expect(await embedVideo(company, source)).toMatchObject({
      ...{ kind: 'failed', error: { code: 'ENGINE_UNAVAILABLE' } },
    })
  })

  it('leaves no scratch folder when it ends', async () => {
    await startWorker(randomId())
    expect(await readdir(join(dir.path, 'scratch'))).toHaveLength(1)
    await cleanup.run()
    expect(await readdir(join(dir.path, 'scratch'))).toEqual([])
  })
})
