import { Redis } from 'ioredis'

export type { Redis } from 'ioredis'

export interface RedisLog {
  warn(fields: object, message: string): void
}

export interface RedisOptions {
  url: string
  /** Shows in `CLIENT LIST`. */
  name: string
  log: RedisLog
}

const commandTimeoutMs = 3_000
const loudAgainMs = 10_000

/** For requests: fails fast while Redis is away, so that a caller is answered and never hangs. */
export const requestConnection = (options: RedisOptions): Redis =>
  connect(options, { enableOfflineQueue: false, maxRetriesPerRequest: 1, commandTimeout: commandTimeoutMs })

/** For loops that must outlive an outage: blocks, waits and goes on where it was. */
export const patientConnection = (options: RedisOptions): Redis => connect(options, { maxRetriesPerRequest: null })

function connect({ url, name, log }: RedisOptions, more: object): Redis {
  const redis = new Redis(url, {
    connectionName: name,
    retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
    ...more,
  })
  // Each queue of a shared connection listens on it; that is no leak.
  redis.setMaxListeners(0)
  redis.on('error', quietly(log, name))
  return redis
}

/** An error handler that logs the first error and then at most one in ten seconds: an outage is one event, not 50,000. */
export function quietly(log: RedisLog, source: string): (error: Error) => void {
  let loudAt = 0
  let swallowed = 0
  return (error) => {
    if (Date.now() < loudAt) {
      swallowed++
      return
    }
    log.warn({ source, err: error, swallowed }, 'redis error')
    loudAt = Date.now() + loudAgainMs
    swallowed = 0
  }
}

/** Resolves once the connection is up; rejects when it is not within the time. */
export async function untilReady(redis: Redis, timeoutMs: number): Promise<void> {
  if (redis.status === 'ready') return
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(new Error(`Redis did not answer within ${timeoutMs} ms`)), timeoutMs)
  redis.once('ready', resolve)
  try {
    await promise
  } finally {
    clearTimeout(timer)
    redis.off('ready', resolve)
  }
}
