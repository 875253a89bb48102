import type { TaskId } from '@inferq/contracts'
import type { Redis } from 'ioredis'
import { recordedChannel } from './keys.ts'
import { subscribe } from './subscription.ts'

/** Tells every api instance that these tasks have changed. A hint: whoever misses it finds out by looking. */
export async function publishRecorded(redis: Redis, taskIds: readonly TaskId[]): Promise<void> {
  await redis.publish(recordedChannel, JSON.stringify(taskIds))
}

/** `redis` serves nothing else. */
export const listenForRecorded = (redis: Redis, onRecorded: (taskId: TaskId) => void): Promise<void> =>
  subscribe(redis, recordedChannel, (message) => {
    for (const taskId of JSON.parse(message) as TaskId[]) onRecorded(taskId)
  })
