import { DomainError } from '@inferq/domain'
import type { Redis } from 'ioredis'
import { untilReady } from './connection.ts'

/** Long enough for a connection that was cut to be made again, short enough for a caller to wait. */
const reconnectPatienceMs = 1_000

/** The same port, with whatever the driver throws turned into the one error that callers know. */
export function answeringUnreachable<Port extends object>(port: Port, redis: Redis): Port {
  const guarded = Object.entries(port).map(([name, method]: [string, (...args: never[]) => Promise<unknown>]) => [
    name,
    async (...args: never[]) => {
      try {
        // A BullMQ queue that is made while Redis is away would wait for it without end, and the caller with it.
        await untilReady(redis, reconnectPatienceMs)
        return await method(...args)
      } catch (cause) {
        throw new DomainError('QUEUE_UNREACHABLE', 'the queue cannot be reached right now; try again', {
          cause,
          retryAfterSeconds: 2,
        })
      }
    },
  ])
  return Object.fromEntries(guarded)
}
