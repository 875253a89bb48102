import type { QueueRef } from '@inferq/domain'
import type { Redis } from 'ioredis'
import { stopChannel, stopFlagKey } from './keys.ts'
import { subscribe } from './subscription.ts'

/** Longer than any job may hold out against a stop, so that a recovered job still sees it. */
const flagLifetimeSeconds = 24 * 60 * 60

/** Sets the flag first, then hints: a worker that misses the hint finds the flag. */
export async function requestStop(redis: Redis, ref: QueueRef, jobId: string): Promise<void> {
  await redis.set(stopFlagKey(ref, jobId), '1', 'EX', flagLifetimeSeconds)
  await redis.publish(stopChannel, jobId)
}

/** Which of these jobs of one queue are asked to stop. */
export async function readStopFlags(redis: Redis, ref: QueueRef, jobIds: readonly string[]): Promise<string[]> {
  if (jobIds.length === 0) return []
  const flags = await redis.mget(...jobIds.map((jobId) => stopFlagKey(ref, jobId)))
  return jobIds.filter((_, index) => flags[index] !== null)
}

/** Calls the listener with the id of each job that is asked to stop, whoever runs it. `redis` serves nothing else. */
export const listenForStops = (redis: Redis, onStop: (jobId: string) => void): Promise<void> =>
  subscribe(redis, stopChannel, onStop)
