import { openStore } from '@inferq/store'
import { type ManagedProcess, until } from '@inferq/testkit'
import { type TwelvelabsApi, TwelvelabsApiClient } from 'twelvelabs-js'
import { expect } from 'vitest'
import { type Inferq, type InferqOptions, secretKey, startInferq } from '../inferq.ts'
import { type CheckedWire, openCheckedWire } from './checked-wire.ts'
import { openRaw, type Raw } from './raw.ts'

/** Of every vector that comes of the model below. */
export const dimensions = 512
export const modelName = 'marengo3.0'

const models = {
  INFERQ_TEXT_MODELS: 'tiny-clip',
  INFERQ_IMAGE_MODELS: 'tiny-clip',
  INFERQ_AUDIO_MODELS: 'tiny-audio',
  INFERQ_SPEECH_MODELS: 'none',
  INFERQ_MEDIA_MODELS: `${modelName}=${dimensions},text=tiny-clip,image=tiny-clip,audio=tiny-audio`,
}
const servedJobs = ['embed.text', 'embed.image', 'embed.combined', 'embed.audio', 'embed.video']

type Task = TwelvelabsApi.EmbeddingTaskResponse

/** A whole Inferq with TwelveLabs' own client at it; every answer of the api is held against the contract. */
export interface TwelvelabsSystem extends AsyncDisposable {
  readonly inferq: Inferq
  readonly wire: CheckedWire
  readonly client: TwelvelabsApiClient
  readonly raw: Raw
  /** One with all parts of the media model. */
  startWorker(env?: NodeJS.ProcessEnv): Promise<ManagedProcess>
  /** Another caller. */
  clientOf(apiKey: string): TwelvelabsApiClient
  /** The key of a caller of another company; only where the record is a Postgres of its own. */
  foreignKey(): Promise<string>
  /** Asks for the task until it is no longer `processing`. */
  ended(id: string): Promise<Task>
  /** The same of a task that is to end well. */
  ready(id: string): Promise<Task & Required<Pick<Task, 'data' | 'metadata'>>>
  /** Runs `use` while the queue hands out nothing, so that its tasks stay `processing`. */
  whilePaused<T>(use: () => Promise<T>): Promise<T>
  /** How many tasks there are. */
  countTasks(): Promise<number>
  /** Fails when an answer was not as promised. */
  stop(): Promise<void>
}

export async function startTwelvelabs(options: InferqOptions = {}): Promise<TwelvelabsSystem> {
  const inferq = await startInferq({ api: { ...models, ...options.api }, worker: null })
  const wire = await openCheckedWire(inferq.url)
  const raw = openRaw(wire.url)
  const stop = async () => {
    raw.close()
    await wire.close()
    await inferq.stop()
    expect(wire.problems).toEqual([])
  }
  const startWorker: TwelvelabsSystem['startWorker'] = async (env = {}) => {
    const worker = await inferq.startWorker({ ...models, INFERQ_FETCH_ALLOW: '127.0.0.1', ...env })
    await everyJobIsServed(inferq, worker.pid)
    return worker
  }
  try {
    if (options.worker !== null) await startWorker(options.worker)
  } catch (error) {
    await stop()
    throw error
  }
  const clientOf = (apiKey: string) => new TwelvelabsApiClient({ apiKey, baseUrl: wire.url })
  const client = clientOf(secretKey)
  const ended: TwelvelabsSystem['ended'] = (id) =>
    until(
      async () => {
        const task = await client.embed.v2.tasks.retrieve(id)
        return task.status !== 'processing' && task
      },
      { what: `task ${id} to end`, timeoutMs: 45_000, intervalMs: 50 },
    )
  return {
    ...{ inferq, wire, client, raw, startWorker, clientOf, ended, stop },
    async ready(id) {
      const { data, metadata, ...task } = await ended(id)
      if (!data || !metadata) throw new Error(`task ${id} is ${task.status}: ${task.error?.message}`)
      return { ...task, data, metadata }
    },
    async foreignKey() {
      if (!inferq.database) throw new Error('the record is inside the api')
      const store = await openStore({ databaseUrl: inferq.database.url })
      const company = await store.users.createCompany('another company')
      const user = await store.users.createUser({ company, role: 'user', name: 'somebody' })
      if (!user) throw new Error('the company that was just made is unknown')
      const foreign = await store.credentials.createCredential({ company, user: user.id }, 'test')
      await store.close()
      return foreign.secretKey
    },
    async whilePaused(use) {
      await inferq.client.pause('default')
      try {
        return await use()
      } finally {
        await inferq.client.resume('default')
      }
    },
    countTasks: async () => (await inferq.client.list({ limit: 500 })).tasks.length,
    [Symbol.asyncDispose]: stop,
  }
}

const everyJobIsServed = (inferq: Inferq, workerPid: number) =>
  until(
    async () => {
      const loaded = (await inferq.client.workers()).flatMap(({ pid, models }) => (pid === workerPid ? models : []))
      const served = loaded.filter(({ name }) => name === modelName).map(({ job }) => job)
      return servedJobs.every((job) => served.includes(job))
    },
    { what: `a worker with all parts of ${modelName}`, timeoutMs: 30_000 },
  )
