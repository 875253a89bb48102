import type { QueueRef } from '@inferq/domain'
import type { Redis } from 'ioredis'
import { rateKey } from './keys.ts'

export type RateKind = 'started' | 'finished'
export interface RateCount extends QueueRef {
  kind: RateKind
  count: number
}

const minuteMs = 60_000
const keptMinutes = 3

/** Counts tasks that started and finished, per queue and minute, across all api instances. */
export async function countRates(redis: Redis, counts: readonly RateCount[]): Promise<void> {
  const minute = Math.floor(Date.now() / minuteMs)
  const pipeline = redis.pipeline()
  for (const { company, queue, kind, count } of counts) {
    const key = rateKey(company, minute)
    pipeline.hincrby(key, fieldOf(queue, kind), count)
    pipeline.expire(key, (keptMinutes * minuteMs) / 1_000)
  }
  await pipeline.exec()
}

/** Per queue and kind, what happened in the last 60 seconds, the older minute counted by the part that overlaps. */
export async function readRates(redis: Redis, company: string): Promise<(queue: string, kind: RateKind) => number> {
  const now = Date.now()
  const minute = Math.floor(now / minuteMs)
  const [current, previous] = await Promise.all([
    redis.hgetall(rateKey(company, minute)),
    redis.hgetall(rateKey(company, minute - 1)),
  ])
  const share = 1 - (now % minuteMs) / minuteMs
  return (queue, kind) => {
    const field = fieldOf(queue, kind)
    return Math.round(Number(current[field] ?? 0) + share * Number(previous[field] ?? 0))
  }
}

/** The kinds have no line break, so the last one in a field parts the two, whatever the queue is called. */
const fieldOf = (queue: string, kind: RateKind) => `${queue}\n${kind}`
