import { randomBytes } from 'node:crypto'
import type { JobPayload, Outcome } from '@inferq/contracts'
import type { JobToAdd, QueueRef } from '@inferq/domain'
import { type RedisOptions, startRedis } from '@inferq/testkit'
import type { Redis } from 'ioredis'
import { afterAll } from 'vitest'
import { patientConnection, requestConnection } from './connection.ts'

export const silentLog = { warn() {}, error() {} }

export const randomId = (): string => randomBytes(16).toString('hex')

/** A queue that no other test knows, so that files may share one Redis. */
export const newRef = (queue = 'default'): QueueRef => ({ company: randomId(), queue })

export const jobFor = (ref: QueueRef, priority = 100, more: Partial<JobPayload> = {}): JobToAdd => ({
  ref,
  priority,
  payload: {
    v: 1,
    taskId: randomId(),
    run: 1,
    job: 'echo',
    input: '{}',
    attemptsBefore: 0,
    attempts: 3,
    queuedAt: Date.now(),
    ...more,
  },
})

export const idOf = ({ payload }: JobToAdd): string => `${payload.taskId}-${payload.run}`

export const startedOutcome = (taskId = randomId()): Outcome => ({
  v: 1,
  kind: 'started',
  taskId,
  run: 1,
  attempt: 1,
  worker: 'w1',
  startedAt: 1,
  at: 1,
})

/** Connections to one Redis that are closed when the file is done. */
export function connectionsTo(url: string) {
  const opened: Redis[] = []
  const keep = (redis: Redis): Redis => {
    opened.push(redis)
    return redis
  }
  afterAll(() => {
    for (const redis of opened) redis.disconnect()
  })
  return {
    request: () => keep(requestConnection({ url, name: 'test', log: silentLog })),
    patient: () => keep(patientConnection({ url, name: 'test', log: silentLog })),
  }
}

/** A Redis of the file's own, for tests that flush or restart it. */
export async function ownRedis(options?: RedisOptions) {
  const server = await startRedis(options)
  // Registered before the hook of the connections, so that it runs after it.
  afterAll(() => server.stop())
  return { server, ...connectionsTo(server.url) }
}
