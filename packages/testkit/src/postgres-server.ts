import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram, postgresFolders } from './binaries.ts'
import { freePort } from './free-port.ts'
import { createDatabase, withClient } from './postgres-client.ts'
import { giveTo, postgresUser, type User } from './postgres-user.ts'
import { startProcess } from './processes.ts'
import { tempDir } from './temp-dir.ts'
import { until } from './until.ts'
import { untilReady } from './until-ready.ts'

export interface PostgresServer extends AsyncDisposable {
  /** Of the database `postgres`, for maintenance; `createDatabase` gives those to work in. */
  readonly url: string
  /** A new empty database, or a copy of the template; answers its URL. */
  createDatabase(name: string, template?: string): Promise<string>
  stop(): Promise<void>
}

/** A server that can be made to fail, which one in a container cannot. */
export interface LocalPostgresServer extends PostgresServer {
  readonly port: number
  /** Of the postmaster that runs now; `restart` changes it. */
  readonly pid: number
  /** SIGKILL of the postmaster: what is committed comes back with `restart`. */
  kill(): Promise<void>
  /** SIGSTOP of the postmaster: sessions go on, new connections hang. */
  pause(): void
  resume(): void
  /** Starts it again on the same port and data, after `kill` or from a clean stop. */
  restart(): Promise<void>
}

/** Whether `initdb` and `postgres` are installed here. */
export const hasPostgresPrograms = (): boolean => postgresPrograms() !== null

/**
 * A Postgres server of one's own in a temporary folder, TCP on loopback only. It does not wait for the disk unless told
 * to: what a killed server has written is still there, and only a machine that loses power would miss it.
 */
export async function startPostgres(
  options: { settings?: readonly string[]; fsync?: boolean } = {},
): Promise<LocalPostgresServer> {
  const programs = postgresPrograms()
  if (programs === null) throw new Error('no initdb and postgres on PATH or under /usr/lib/postgresql')
  const user = postgresUser()
  const folder = await tempDir('postgres')
  giveTo(user, folder.path)
  chmodSync(folder.path, 0o700)
  const data = join(folder.path, 'data')
  await initDatabase(programs.initdb, data, folder.path, user)

  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const command = [
    programs.postgres,
    '-D',
    data,
    ...settings(port, options.fsync ?? false),
    ...(options.settings ?? []),
  ]
  const start = async () => {
    const server = await startProcess({
      name: `postgres :${port}`,
      command,
      cwd: folder.path,
      // SIGINT ends it at once and cleanly; SIGTERM would wait for every client to leave.
      stopSignal: 'SIGINT',
      ...user,
    })
    await untilReady(server, () => withClient(url, async (client) => (await client.query('select 1')).rowCount === 1))
    return server
  }
  let server = await start()

  const stop = async () => {
    await server.stop()
    folder.remove()
  }
  return {
    url,
    port,
    get pid() {
      return server.pid
    },
    createDatabase: (name, template) => createDatabase(url, name, template),
    stop,
    kill: async () => void (await server.kill()),
    pause: () => server.pause(),
    resume: () => server.resume(),
    restart: async () => {
      await server.stop()
      // The sessions of a killed postmaster outlive it for a moment, in which another refuses to start.
      server = await until(start, { what: `postgres :${port} to start again`, timeoutMs: 30_000, intervalMs: 100 })
    },
    [Symbol.asyncDispose]: stop,
  }
}

const settings = (port: number, fsync: boolean): string[] =>
  [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `port=${port}`,
    'max_connections=200',
    `fsync=${fsync ? 'on' : 'off'}`,
    'log_min_messages=fatal',
  ].flatMap((setting) => ['-c', setting])

function postgresPrograms(): { initdb: string; postgres: string } | null {
  const initdb = findProgram('initdb', postgresFolders())
  const postgres = findProgram('postgres', postgresFolders())
  return initdb !== null && postgres !== null ? { initdb, postgres } : null
}

async function initDatabase(initdb: string, data: string, cwd: string, user: User | null): Promise<void> {
  const command = [initdb, '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  const run = await startProcess({ name: 'initdb', command, cwd, ...user })
  const { code } = await run.exited
  if (code !== 0) throw new Error(`initdb ended with code ${code}:\n${run.tail()}`)
}
