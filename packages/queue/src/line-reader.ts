import type { QueueRef, TaskQueue } from '@inferq/domain'
import type { Redis } from 'ioredis'
import { lineKey } from './keys.ts'

type LineReader = Pick<TaskQueue, 'counts' | 'position' | 'present' | 'scanJobIds' | 'lineEntries'>

/**
 * Looks at the lines without touching them. Asking about a queue that was never used makes nothing, in Redis or here,
 * which a BullMQ queue object would.
 */
export const lineReader = (redis: Redis): LineReader => ({
  counts: (refs) =>
    Promise.all(
      refs.map(async (ref) => {
        const [recovered, prioritized, active, delayed] = await Promise.all([
          redis.llen(lineKey(ref, 'wait')),
          redis.zcard(lineKey(ref, 'prioritized')),
          redis.llen(lineKey(ref, 'active')),
          redis.zcard(lineKey(ref, 'delayed')),
        ])
        return { waiting: recovered + prioritized, active, delayed }
      }),
    ),

  async position(ref, jobId) {
    // Recovered jobs stand in `wait` and go before everything else.
    const [recovered, rank] = await Promise.all([
      redis.llen(lineKey(ref, 'wait')),
      redis.zrank(lineKey(ref, 'prioritized'), jobId),
    ])
    if (rank !== null) return recovered + rank
    const inWait = await redis.lpos(lineKey(ref, 'wait'), jobId)
    return inWait === null ? null : recovered - 1 - inWait
  },

  async present(ref, jobIds) {
    const answers = await Promise.all(jobIds.map((jobId) => redis.exists(lineKey(ref, jobId))))
    return answers.map((count) => count === 1)
  },

  async scanJobIds(ref, offset, limit) {
    const [recovered, waiting, delayed] = await Promise.all([
      offset === 0 ? redis.lrange(lineKey(ref, 'wait'), '0', '-1') : [],
      redis.zrange(lineKey(ref, 'prioritized'), String(offset), String(offset + limit - 1)),
      offset === 0 ? redis.zrange(lineKey(ref, 'delayed'), '0', '-1') : [],
    ])
    return [...recovered.toReversed(), ...waiting, ...delayed]
  },

  async lineEntries(ref, limit = Number.POSITIVE_INFINITY) {
    if (limit <= 0) return []
    const end = limit === Number.POSITIVE_INFINITY ? -1 : limit - 1
    const [recovered, waiting] = await Promise.all([
      redis.lrange(lineKey(ref, 'wait'), '0', '-1'),
      redis.zrange(lineKey(ref, 'prioritized'), '0', String(end)),
    ])
    // The list of recovered jobs is served from its right end.
    const jobIds = [...recovered.toReversed(), ...waiting].slice(0, limit)
    const times = await timesOf(redis, ref, jobIds)
    // One that has no time left the line between the two looks.
    return jobIds.flatMap((jobId, index) => (times[index] ? [{ jobId, addedAt: new Date(Number(times[index])) }] : []))
  },
})

const timesPerRoundTrip = 1_000

async function timesOf(redis: Redis, ref: QueueRef, jobIds: readonly string[]): Promise<unknown[]> {
  const times: unknown[] = []
  for (let start = 0; start < jobIds.length; start += timesPerRoundTrip) {
    const pipeline = redis.pipeline()
    for (const jobId of jobIds.slice(start, start + timesPerRoundTrip)) {
      pipeline.hget(lineKey(ref, jobId), 'timestamp')
    }
    for (const [error, time] of (await pipeline.exec()) ?? []) {
      if (error) throw error
      times.push(time)
    }
  }
  return times
}
