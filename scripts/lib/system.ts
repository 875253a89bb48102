import { join } from 'node:path'
import { createClient } from '@inferq/client'
import { type ManagedProcess, startNode, startRedis, untilReady } from '@inferq/testkit'
import { lockDataDir } from './data-dir-lock.ts'
import { root } from './root.ts'
import { orStopped } from './stop-signals.ts'

export interface SystemOptions {
  host: string
  port: number
  dataDir: string
  /** Added to our own environment, for api and worker alike. */
  env?: NodeJS.ProcessEnv
  /** Every line that api and worker write. */
  onLine?: (service: string, line: string) => void
  /** Needed to see the worker in the API's list; without one, nobody waits for it. Asked once the api answers. */
  secretKey: () => string | undefined
  /** Aborted while it starts, everything that was started is stopped, and the promise rejects with the reason. */
  signal: AbortSignal
}

export interface System {
  readonly url: string
  /** Settles when api or worker ends by itself, which it should not; says which, and its last lines. */
  readonly broken: Promise<string>
  /** The worker, then the api, then Redis: each may still need the next. */
  stop(): Promise<void>
}

/** Starts Redis (unless `REDIS_URL` names one), the api and one worker, and waits until they can take tasks. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const { host, port, dataDir, onLine, signal } = options
  const undo: (() => unknown)[] = []
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    undo.push(lockDataDir(dataDir))
    const redisUrl = process.env.REDIS_URL || (await startPrivateRedis(dataDir, undo))
    const env = {
      ...process.env,
      ...options.env,
      HOST: host,
      PORT: `${port}`,
      REDIS_URL: redisUrl,
      INFERQ_DATA_DIR: dataDir,
    }
    const start = async (service: 'api' | 'worker') => {
      const entry = join(root, 'apps', service, 'src/main.ts')
      const onServiceLine = (line: string) => onLine?.(service, line)
      // Longer than the worker's own grace time for the jobs that it holds.
      const started = await startNode({
        name: service,
        entry,
        env,
        cwd: root,
        stopGraceMs: 40_000,
        onLine: onServiceLine,
      })
      undo.push(() => started.stop())
      return started
    }
    const url = `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host}:${port}`
    // At the same time: the worker loads its models while the api opens the record.
    const [api, worker] = await Promise.all([start('api'), start('worker')])
    const ready = untilReady(api, async () => (await fetch(`${url}/readyz`)).status === 200)
    await orStopped(ready, signal)
    await orStopped(workerRuns(worker, url, options.secretKey()), signal)
    return { url, broken: Promise.race([api, worker].map(ending)), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startPrivateRedis(dataDir: string, undo: (() => unknown)[]): Promise<string> {
  const redis = await startRedis({ dir: join(dataDir, 'redis') })
  undo.push(() => redis.stop())
  return redis.url
}

async function workerRuns(worker: ManagedProcess, baseUrl: string, secretKey: string | undefined): Promise<void> {
  if (secretKey === undefined) return
  const client = createClient({ baseUrl, secretKey })
  await untilReady(worker, async () =>
    (await client.workers()).some(({ pid, state }) => pid === worker.pid && state === 'running'),
  )
}

async function ending(service: ManagedProcess): Promise<string> {
  const { code, signal } = await service.exited
  return `the ${service.name} ended with ${signal ?? `code ${code}`}:\n${service.tail()}`
}
