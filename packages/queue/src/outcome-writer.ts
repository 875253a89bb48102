import { setTimeout as sleep } from 'node:timers/promises'
import { Outcome } from '@inferq/contracts'
import type { Redis } from 'ioredis'
import { groupCommit } from './group-commit.ts'
import { outcomesKey } from './keys.ts'

const maxOutcomesPerEntry = 200
const retryDelayMs = 200

/**
 * Appends outcomes to the stream. Resolves when Redis has it; while Redis is away it keeps trying, since an attempt's
 * last word must not be lost as long as this process lives. Concurrent outcomes share one stream entry.
 */
export function createOutcomeWriter(redis: Redis): (outcome: Outcome) => Promise<void> {
  return groupCommit<Outcome, void>(
    async (outcomes) => {
      const text = JSON.stringify(outcomes.map((outcome) => Outcome.parse(outcome)))
      await untilAppended(redis, text)
      return []
    },
    { maxItems: maxOutcomesPerEntry },
  )
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
