import { join } from 'node:path'
import type { Outcome } from '@inferq/contracts'
import { writeTinyImageModel, writeTinyTextModel } from '@inferq/engines'
import { createLocalFiles } from '@inferq/files'
import { createLine, patientConnection, readOutcomes, requestConnection, untilReady } from '@inferq/queue'
import { createCleanup } from '@inferq/service'
import { createLogger } from '@inferq/telemetry'
import { startRedis, tempDir, until } from '@inferq/testkit'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { readConfig } from './config.ts'
import { payloadOf, silentLog } from './worker.fixture.ts'
import { openWorker } from './worker.ts'

/**
 * What stands around workers, on a Redis of the file's own: a line to put jobs on, files, a reader of what workers report,
 * and the models `tiny` for texts and `colours` for images. Workers end with the test that started them.
 */
export async function openWorkerSystem(name: string, env: NodeJS.ProcessEnv = {}) {
  const server = await startRedis()
  const dir = await tempDir(name)
  const redis = requestConnection({ url: server.url, name: 'test', log: silentLog })
  const outcomesRedis = patientConnection({ url: server.url, name: 'test', log: silentLog })
  const line = createLine(redis, silentLog)
  const cleanup = createCleanup(createLogger({ name: 'worker', level: 'silent' }))
  const outcomes: Outcome[] = []
  const reader = readOutcomes({
    redis: outcomesRedis,
    consumer: 'test',
    record: async (batch) => void outcomes.push(...batch),
    log: silentLog,
  })

  beforeAll(async () => {
    await writeTinyTextModel(join(dir.path, 'models', 'tiny'))
    await writeTinyImageModel(join(dir.path, 'models', 'colours'))
    await untilReady(redis, 5_000)
  })
  afterEach(() => cleanup.run())
  afterAll(async () => {
    await reader.stop()
    await line.close()
    for (const connection of [redis, outcomesRedis]) connection.disconnect()
    await server.stop()
    dir.remove()
  })

  async function startWorker(company: string, more: NodeJS.ProcessEnv = {}) {
    const config = readConfig({
      PATH: process.env.PATH,
      REDIS_URL: server.url,
      INFERQ_COMPANY: company,
      INFERQ_DATA_DIR: dir.path,
      INFERQ_TEXT_MODELS: 'tiny',
      INFERQ_IMAGE_MODELS: 'none',
      INFERQ_MEDIA_MODELS: 'none',
      INFERQ_AUDIO_MODELS: 'none',
      INFERQ_DEVICE: 'cpu',
      INFERQ_ENGINE_THREADS: '1',
      INFERQ_ALLOW_REMOTE_MODELS: 'false',
      ...env,
      ...more,
    })
    return openWorker(config, createLogger({ name: 'worker', level: 'silent' }), cleanup)
  }

  async function submit(company: string, job: string, input: unknown, { queue = 'default', attempts = 3 } = {}) {
    const payload = payloadOf(input, { job, attempts })
    const ref = { company, queue }
    await line.addJobs([{ ref, priority: 100, payload }])
    const told = () => outcomes.filter(({ taskId }) => taskId === payload.taskId)
    return {
      ref,
      jobId: `${payload.taskId}-1`,
      kinds: () => told().map(({ kind }) => kind),
      last: () => told().at(-1),
    }
  }

  /** The end of a task that has one attempt. */
  async function run(company: string, job: string, input: unknown): Promise<Outcome> {
    const { last } = await submit(company, job, input, { attempts: 1 })
    const ended = () => !['started', 'progress', undefined].includes(last()?.kind) && last()
    return until(ended, { what: 'the end', timeoutMs: 30_000 })
  }

  return { dir, files: createLocalFiles(join(dir.path, 'files')), redis, line, cleanup, startWorker, submit, run }
}
