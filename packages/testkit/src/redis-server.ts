import { mkdirSync } from 'node:fs'
import { Redis } from 'ioredis'
import { findRedisServer } from './binaries.ts'
import { freePort } from './free-port.ts'
import { type ManagedProcess, startProcess } from './processes.ts'
import { tempDir } from './temp-dir.ts'
import { untilReady } from './until-ready.ts'

export interface RedisOptions {
  /** Where it keeps its data; a temporary folder, removed by `stop`, when absent. */
  dir?: string
  port?: number
  /** More settings, as on its command line: `['--maxmemory', '64mb']`. */
  settings?: readonly string[]
}

export interface RedisServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Of the process that runs now; `restart` changes it. */
  readonly pid: number
  stop(): Promise<void>
  /** SIGKILL, and nothing else: the data stays, `restart` brings it back. */
  kill(): Promise<void>
  /** SIGSTOP: connections stay open and nothing answers. */
  pause(): void
  resume(): void
  /** Starts it again on the same port and data, after `kill` or from a clean stop. */
  restart(): Promise<void>
  /** Settles when the process that runs now ends. */
  exited(): Promise<unknown>
}

/** A Redis server of one's own with the settings that production must have: append-only file, and no eviction. */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const program = findRedisServer()
  if (program === null) throw new Error('no redis-server or valkey-server on PATH')
  const temporary = options.dir === undefined ? await tempDir('redis') : null
  const dir = temporary?.path ?? (options.dir as string)
  mkdirSync(dir, { recursive: true })
  const port = options.port ?? (await freePort())

  const command = [program, ...settings(port, dir), ...(options.settings ?? [])]
  const start = async (): Promise<ManagedProcess> => {
    const started = await startProcess({ name: `redis-server :${port}`, command })
    await answersPing(started, port)
    return started
  }
  let server = await start().catch((error) => {
    temporary?.remove()
    throw error
  })

  const stop = async () => {
    await server.stop()
    temporary?.remove()
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return server.pid
    },
    stop,
    kill: async () => void (await server.kill()),
    pause: () => server.pause(),
    resume: () => server.resume(),
    restart: async () => {
      await server.stop()
      server = await start()
    },
    exited: () => server.exited,
    [Symbol.asyncDispose]: stop,
  }
}

const settings = (port: number, dir: string): string[] => [
  ...['--port', `${port}`, '--bind', '127.0.0.1', '--protected-mode', 'no', '--dir', dir, '--daemonize', 'no'],
  ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', '', '--maxmemory-policy', 'noeviction'],
]

async function answersPing(server: ManagedProcess, port: number): Promise<void> {
  const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => 20 })
  // Refused connections are what waiting is for.
  client.on('error', () => {})
  try {
    await untilReady(server, async () => {
      // While it loads a long append-only file, PING is refused with LOADING.
      await client.ping()
      // The port may have been taken by another Redis, which answers as well.
      return (await client.info('server')).includes(`process_id:${server.pid}\r`)
    })
  } finally {
    client.disconnect()
  }
}
