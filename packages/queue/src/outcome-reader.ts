import { setTimeout as sleep } from 'node:timers/promises'
import { Outcome } from '@inferq/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { outcomesKey, recorderGroup } from './keys.ts'

export interface OutcomeReaderOptions {
  /** Blocks; serves nothing else. */
  redis: Redis
  /** Name of this recorder in the group; unique among running instances. */
  consumer: string
  /** Must record the outcomes before it resolves. When it rejects they are given again. */
  record: (outcomes: Outcome[]) => Promise<void>
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void }
  /** Entries that another recorder took and did not finish for so long are taken over. */
  takeOverAfterMs?: number
}

const entriesPerRead = 100
const blockMs = 1_000
const failureDelayMs = 500
const usualTakeOverAfterMs = 10_000

type Entry = [id: string, fields: string[]]
const Outcomes = z.array(Outcome)

/**
 * Reads the outcomes stream as one of a group of recorders: each entry is recorded at least once, acknowledged after
 * that, and deleted, so what is left in the stream is what is not recorded yet.
 */
export function readOutcomes(options: OutcomeReaderOptions): { stop(): Promise<void> } {
  const { redis, consumer, record, log, takeOverAfterMs = usualTakeOverAfterMs } = options
  const stopping = new AbortController()
  const done = loop()

  async function loop(): Promise<void> {
    let takeOverAt = 0
    let source: '0' | '>' = '0'
    while (!stopping.signal.aborted) {
      try {
        if (Date.now() >= takeOverAt) {
          await handle(await takeOver(redis, consumer, takeOverAfterMs))
          takeOverAt = Date.now() + takeOverAfterMs
        }
        const entries = await read(redis, consumer, source)
        // First what this consumer had taken before it was restarted, then what is new.
        if (source === '0' && entries.length === 0) source = '>'
        await handle(entries)
      } catch (error) {
        if (stopping.signal.aborted) return
        source = '0'
        if (isMissingGroup(error)) await createGroup(redis).catch(() => {})
        else {
          log.warn({ err: error }, 'outcomes not recorded yet')
          await sleep(failureDelayMs)
        }
      }
    }
  }

  async function handle(entries: Entry[]): Promise<void> {
    if (entries.length === 0) return
    const outcomes = entries.flatMap(([id, fields]) => parse(id, fields))
    if (outcomes.length > 0) await record(outcomes)
    const ids = entries.map(([id]) => id)
    await redis
      .multi()
      .xack(outcomesKey, recorderGroup, ...ids)
      .xdel(outcomesKey, ...ids)
      .exec()
  }

  function parse(id: string, fields: string[]): Outcome[] {
    try {
      return Outcomes.parse(JSON.parse(fields[1] ?? ''))
    } catch (error) {
      // It would never parse; keeping it would hold up everything behind it.
      log.error({ entry: id, err: error }, 'unreadable outcome dropped')
      return []
    }
  }

  return {
    async stop() {
      stopping.abort()
      await done
    },
  }
}

async function read(redis: Redis, consumer: string, source: '0' | '>'): Promise<Entry[]> {
  const streams = (await redis.xreadgroup(
    'GROUP',
    recorderGroup,
    consumer,
    'COUNT',
    entriesPerRead,
    'BLOCK',
    blockMs,
    'STREAMS',
    outcomesKey,
    source,
  )) as [string, Entry[]][] | null
  return streams?.[0]?.[1].filter(([, fields]) => fields !== null) ?? []
}

async function takeOver(redis: Redis, consumer: string, idleMs: number): Promise<Entry[]> {
  const answer = await redis.xautoclaim(outcomesKey, recorderGroup, consumer, idleMs, '0', 'COUNT', entriesPerRead)
  return answer[1] as Entry[]
}

/** From the beginning: outcomes that came before the first recorder, or after a wipe, count too. */
async function createGroup(redis: Redis): Promise<void> {
  await redis.xgroup('CREATE', outcomesKey, recorderGroup, '0', 'MKSTREAM')
}

const isMissingGroup = (error: unknown) => error instanceof Error && error.message.includes('NOGROUP')
