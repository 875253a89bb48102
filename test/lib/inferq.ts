import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createClient, type InferqClient } from '@inferq/client'
import { migrateDatabase } from '@inferq/core-testkit'
import { writeTinyAudioModel, writeTinyClipModel, writeTinyImageModel, writeTinyTextModel } from '@inferq/engines'
import {
  type FreshDatabase,
  freePort,
  freshDatabase,
  type ManagedProcess,
  postgresAvailable,
  type RedisServer,
  startNode,
  startRedis,
  tempDir,
  until,
  untilReady,
} from '@inferq/testkit'

const root = join(import.meta.dirname, '../..')
export const secretKey = randomBytes(24).toString('base64url')
export const accessKey = 'TESTTESTTESTTESTTEST'

export interface InferqOptions {
  /** More environment for the api. */
  api?: NodeJS.ProcessEnv
  /** More environment for the first worker; null: no worker. */
  worker?: NodeJS.ProcessEnv | null
}

/** A whole Inferq of one's own: Redis, Postgres (or the embedded one), api and worker, each a process. */
export interface Inferq extends AsyncDisposable {
  readonly redis: RedisServer
  readonly database: FreshDatabase | null
  readonly api: ManagedProcess
  readonly url: string
  readonly client: InferqClient
  startWorker(env?: NodeJS.ProcessEnv): Promise<ManagedProcess>
  /** Another api on the same record and line; answers its client. */
  startApi(env?: NodeJS.ProcessEnv): Promise<{ api: ManagedProcess; url: string; client: InferqClient }>
  stop(): Promise<void>
}

export async function startInferq(options: InferqOptions = {}): Promise<Inferq> {
  const folder = await tempDir('inferq')
  await writeTinyTextModel(join(folder.path, 'models/tiny-text'))
  await writeTinyImageModel(join(folder.path, 'models/tiny-image'))
  await writeTinyClipModel(join(folder.path, 'models/tiny-clip'))
  await writeTinyAudioModel(join(folder.path, 'models/tiny-audio'))
  const redis = await startRedis()
  const database = postgresAvailable() ? await freshDatabase(migrateDatabase) : null
  const processes: ManagedProcess[] = []
  const shared = {
    ...process.env,
    REDIS_URL: redis.url,
    INFERQ_DATA_DIR: folder.path,
    INFERQ_TEXT_MODELS: 'tiny-text',
    INFERQ_IMAGE_MODELS: 'tiny-image',
    INFERQ_AUDIO_MODELS: 'none',
    INFERQ_MEDIA_MODELS: 'none',
    INFERQ_ACCESS_KEY: accessKey,
    INFERQ_SECRET_KEY: secretKey,
    INFERQ_ENGINE_THREADS: '1',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    ...(database ? { DATABASE_URL: database.url } : { DATABASE_URL: '' }),
  }
  const start = async (service: 'api' | 'worker', env: NodeJS.ProcessEnv) => {
    const entry = join(root, 'apps', service, 'src/main.ts')
    const onLine = process.env.TEST_OUTPUT ? (line: string) => console.log(`${service}: ${line}`) : undefined
    const started = await startNode({
      name: service,
      entry,
      env: { ...shared, ...env },
      stopGraceMs: 40_000,
      ...(onLine ? { onLine } : {}),
    })
    processes.push(started)
    return started
  }
  const startApi: Inferq['startApi'] = async (env = {}) => {
    const port = Number(env.PORT ?? (await freePort()))
    const api = await start('api', { ...options.api, ...env, PORT: `${port}` })
    const url = `http://127.0.0.1:${port}`
    await untilReady(api, async () => (await fetch(`${url}/readyz`)).status === 200)
    return { api, url, client: createClient({ baseUrl: url, secretKey }) }
  }
  const stop = async () => {
    for (const started of processes.reverse()) await started.stop()
    await redis.stop()
    await database?.drop()
    folder.remove()
  }
  try {
    const { api, url, client } = await startApi()
    const startWorker: Inferq['startWorker'] = async (env = {}) => {
      const worker = await start('worker', env)
      await until(
        async () => (await client.workers()).some(({ pid, state }) => pid === worker.pid && state === 'running'),
        {
          what: `worker ${worker.pid} to run; it said: ${worker.tail()}`,
          timeoutMs: 30_000,
        },
      )
      return worker
    }
    if (options.worker !== null) await startWorker(options.worker)
    return { redis, database, api, url, client, startWorker, startApi, stop, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}
