import type { TaskId } from '@inferq/contracts'
import type { Redis } from 'ioredis'
import { recordedChannel } from './keys.ts'

/** Tells every api instance that these tasks have changed. A hint: whoever misses it finds out by looking. */
export async function publishRecorded(redis: Redis, taskIds: readonly TaskId[]): Promise<void> {
  await redis.publish(recordedChannel, JSON.stringify(taskIds))
}

/** `redis` serves nothing else. */
export async function listenForRecorded(redis: Redis, onRecorded: (taskId: TaskId) => void): Promise<void> {
  redis.on('message', (channel, text) => {
    if (channel !== recordedChannel) return
    for (const taskId of JSON.parse(text) as TaskId[]) onRecorded(taskId)
  })
  await redis.subscribe(recordedChannel)
}
