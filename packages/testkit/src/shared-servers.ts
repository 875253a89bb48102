import { hasPostgresPrograms, type PostgresServer, startPostgres } from './postgres-server.ts'
import { startRedis } from './redis-server.ts'

/** Where the run's servers are. Set beforehand, a run uses what they name and starts nothing of its own. */
const redisVariable = 'INFERQ_TEST_REDIS_URL'
const postgresVariable = 'INFERQ_TEST_POSTGRES_URL'

/** The Redis that all test files of a run share: use a key prefix of your own, and never flush it. */
export function sharedRedisUrl(): string {
  const url = process.env[redisVariable]
  if (url === undefined) throw new Error(`no shared Redis: ${redisVariable} is set by vitest's global setup`)
  return url
}

/** Whether this run has a real Postgres; without one, tests fall back to PGlite or skip what only Postgres can show. */
export const postgresAvailable = (): boolean => process.env[postgresVariable] !== undefined

export function sharedPostgresUrl(): string {
  const url = process.env[postgresVariable]
  if (url === undefined) throw new Error(`no Postgres in this run: ask postgresAvailable() first`)
  return url
}

/**
 * Starts what the environment does not name yet, and names it there for the test processes. Answers the undoing. What
 * measures wants `fsync`.
 */
export async function startSharedServers(
  log: (line: string) => void,
  options: { fsync?: boolean } = {},
): Promise<() => Promise<void>> {
  const undo: (() => Promise<void>)[] = []
  const share = (variable: string, server: { url: string; stop(): Promise<void> } | null) => {
    if (server === null) return
    process.env[variable] = server.url
    undo.push(async () => {
      delete process.env[variable]
      await server.stop()
    })
  }
  // Both are waited for even if one fails: a server that comes up after the failure would have no owner.
  const started = await Promise.allSettled([
    process.env[redisVariable] === undefined && startRedis().then((server) => share(redisVariable, server)),
    process.env[postgresVariable] === undefined &&
      startAnyPostgres(log, options).then((it) => share(postgresVariable, it)),
  ])
  const stop = async () => void (await Promise.all(undo.map((step) => step())))
  const failed = started.find((result) => result.status === 'rejected')
  if (failed === undefined) return stop
  await stop()
  throw failed.reason
}

async function startAnyPostgres(
  log: (line: string) => void,
  options: { fsync?: boolean },
): Promise<PostgresServer | null> {
  if (process.env.INFERQ_TEST_CONTAINERS === '1') {
    const { startPostgresContainer } = await import('./postgres-container.ts')
    return await startPostgresContainer()
  }
  if (hasPostgresPrograms()) return await startPostgres(options)
  log('no Postgres here: tests use PGlite, and those that need a server are skipped')
  return null
}
