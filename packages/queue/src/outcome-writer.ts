import { setTimeout as sleep } from 'node:timers/promises'
import { Outcome } from '@inferq/contracts'
import type { Redis } from 'ioredis'
import { groupCommit } from './group-commit.ts'
import { outcomesKey } from './keys.ts'

const maxOutcomesPerEntry = 200
/** Results ride in outcomes: by count alone an entry could grow to 50 MB, and a recorder reads many entries at once. */
const maxEntryLength = 1024 * 1024
const retryDelayMs = 200

/**
 * Appends outcomes to the stream. Resolves when Redis has it; while Redis is away it keeps trying, since an attempt's
 * last word must not be lost as long as this process lives. Concurrent outcomes share one stream entry.
 */
export function createOutcomeWriter(redis: Redis): (outcome: Outcome) => Promise<void> {
  const append = groupCommit<string, void>(
    async (texts) => {
      await untilAppended(redis, `[${texts.join(',')}]`)
      return []
    },
    { maxItems: maxOutcomesPerEntry, maxSize: maxEntryLength, sizeOf: (text) => text.length },
  )
  // Parsed before it joins others: an outcome that is wrong must be the error of its own caller only.
  return async (outcome) => append(JSON.stringify(Outcome.parse(outcome)))
}

async function untilAppended(redis: Redis, text: string): Promise<void> {
  for (;;) {
    try {
      await redis.xadd(outcomesKey, '*', 'o', text)
      return
    } catch {
      // The connection logs its own errors, once per outage.
      await sleep(retryDelayMs)
    }
  }
}
