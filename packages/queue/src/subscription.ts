import type { Redis } from 'ioredis'

/**
 * Calls back with each message on a channel for as long as the connection lives, outages included.
 * `redis` serves nothing else.
 */
export async function subscribe(redis: Redis, channel: string, onMessage: (message: string) => void): Promise<void> {
  redis.on('message', (from, message) => {
    if (from === channel) onMessage(message)
  })
  // The library would subscribe again by itself, and drop that promise: closing the connection just then ends the process.
  redis.options.autoResubscribe = false
  await redis.subscribe(channel)
  redis.on('ready', () => {
    redis.subscribe(channel).catch((error) => {
      if (redis.status !== 'end') redis.emit('error', error)
    })
  })
}
