import type { TaskQueue } from '@inferq/domain'
import type { Redis } from 'ioredis'
import { lineKey } from './keys.ts'

type LineReader = Pick<TaskQueue, 'counts' | 'position' | 'present' | 'scanJobIds'>

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
    return [...recovered, ...waiting, ...delayed]
  },
})
