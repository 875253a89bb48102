import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { outcomesKey } from './keys.ts'

const pollIntervalMs = 50

/**
 * Resolves to true once every outcome that was in the stream at the call has been recorded (recorded entries are
 * deleted, so the oldest that is left tells); to false when that takes longer than the time given.
 */
export async function outcomesRecorded(redis: Redis, timeoutMs: number): Promise<boolean> {
  const [newest] = await redis.xrevrange(outcomesKey, '+', '-', 'COUNT', 1)
  if (!newest) return true
  const giveUpAt = Date.now() + timeoutMs
  while (Date.now() < giveUpAt) {
    const [oldest] = await redis.xrange(outcomesKey, '-', '+', 'COUNT', 1)
    if (!oldest || isAfter(oldest[0], newest[0])) return true
    await sleep(pollIntervalMs)
  }
  return false
}

function isAfter(id: string, other: string): boolean {
  const [ms = 0, sequence = 0] = id.split('-').map(Number)
  const [otherMs = 0, otherSequence = 0] = other.split('-').map(Number)
  return ms > otherMs || (ms === otherMs && sequence > otherSequence)
}
