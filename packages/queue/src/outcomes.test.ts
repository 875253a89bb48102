import type { Outcome } from '@inferq/contracts'
import { until } from '@inferq/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { outcomesKey } from './keys.ts'
import { type OutcomeReaderOptions, readOutcomes } from './outcome-reader.ts'
import { createOutcomeWriter } from './outcome-writer.ts'
import { outcomesRecorded } from './outcomes-recorded.ts'
import { ownRedis, randomId, silentLog, startedOutcome } from './queue.fixture.ts'

const { server, patient } = await ownRedis()
const redis = patient()
afterEach(async () => {
  await redis.flushall()
})

/** A recorder that keeps what it records; `record` may do otherwise. */
function recorder(consumer: string, more: Partial<OutcomeReaderOptions> = {}) {
  const recorded: Outcome[] = []
  const record = async (outcomes: Outcome[]) => void recorded.push(...outcomes)
  const connection = patient()
  const reader = readOutcomes({ redis: connection, consumer, record, log: silentLog, ...more })
  return {
    recorded,
    /** As its death would: the connection ends, and nothing more is acknowledged. */
    crash: () => connection.disconnect(),
    [Symbol.asyncDispose]: () => reader.stop(),
  }
}

const isEmpty = async () => (await redis.xlen(outcomesKey)) === 0

describe('outcomes', () => {
  it('reach the recorder in the order of one writer, and are deleted when recorded', async () => {
    const write = createOutcomeWriter(patient())
    const sent = Array.from({ length: 450 }, () => startedOutcome())
    await Promise.all(sent.map(write))
    await using reading = recorder('a')
    await until(isEmpty, { what: 'all to be recorded' })
    expect(reading.recorded).toEqual(sent)
  })

  it('share an entry when they come together, but never a large one', async () => {
    const write = createOutcomeWriter(patient())
    await Promise.all(Array.from({ length: 10 }, () => write(startedOutcome())))
    expect(await redis.xlen(outcomesKey)).toBe(1)
    const large = { ...startedOutcome(), kind: 'succeeded', timings: { preparingMs: 1, computingMs: 1 } } as const
    await Promise.all(Array.from({ length: 10 }, () => write({ ...large, result: 'x'.repeat(256 * 1024) })))
    expect(await redis.xlen(outcomesKey)).toBeGreaterThanOrEqual(4)
  })

  it('that are not valid are the error of their writer alone', async () => {
    const write = createOutcomeWriter(patient())
    const bad = { ...startedOutcome(), attempt: 0 }
    const results = await Promise.allSettled([startedOutcome(), bad, startedOutcome()].map(write))
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  it('are given again when they could not be recorded', async () => {
    let failures = 0
    const recorded: string[] = []
    const record = async (outcomes: Outcome[]) => {
      if (failures++ < 2) throw new Error('the database is away')
      recorded.push(...outcomes.map(({ taskId }) => taskId))
    }
    await using _ = recorder('a', { record })
    const outcome = startedOutcome()
    await createOutcomeWriter(patient())(outcome)
    await until(isEmpty, { what: 'it to be recorded' })
    expect(recorded).toEqual([outcome.taskId])
  })

  it('that a recorder had taken when it died are recorded by another', async () => {
    const write = createOutcomeWriter(patient())
    let hasTaken = false
    const dying = recorder('dying', {
      record: () => {
        hasTaken = true
        return new Promise(() => {})
      },
    })
    const outcome = startedOutcome()
    await write(outcome)
    await until(() => hasTaken, { what: 'the first recorder to take it' })
    dying.crash()
    await using heir = recorder('heir', { takeOverAfterMs: 200 })
    await until(isEmpty, { what: 'it to be recorded' })
    expect(heir.recorded).toEqual([outcome])
  })

  it('that a recorder had taken are the first that it gets after its restart', async () => {
    const write = createOutcomeWriter(patient())
    let hasTaken = false
    const record = () => {
      hasTaken = true
      return new Promise<void>(() => {})
    }
    const dying = recorder('same', { record })
    const [taken, later] = [startedOutcome(), startedOutcome()]
    await write(taken)
    await until(() => hasTaken, { what: 'it to be taken' })
    dying.crash()
    await write(later)
    await using again = recorder('same')
    await until(isEmpty, { what: 'both to be recorded' })
    expect(again.recorded).toEqual([taken, later])
  })

  it('go on being recorded after Redis has lost all its data', async () => {
    const write = createOutcomeWriter(patient())
    await using reading = recorder('a')
    await write(startedOutcome())
    await until(() => reading.recorded.length === 1, { what: 'the first to be recorded' })
    await redis.flushall()
    const outcome = startedOutcome()
    await write(outcome)
    await until(() => reading.recorded.length === 2, { what: 'the second to be recorded' })
    expect(reading.recorded[1]).toEqual(outcome)
  })

  it('that nobody can read are dropped, and do not hold up the others', async () => {
    const outcome = startedOutcome()
    await redis.xadd(outcomesKey, '*', 'o', 'not JSON')
    await redis.xadd(outcomesKey, '*', 'other', JSON.stringify([{ v: 99 }]))
    await createOutcomeWriter(patient())(outcome)
    await using reading = recorder('a')
    await until(isEmpty, { what: 'the stream to be empty' })
    expect(reading.recorded).toEqual([outcome])
  })

  it('wait in the writer while Redis is away', async () => {
    const write = createOutcomeWriter(patient())
    await write(startedOutcome())
    await server.kill()
    const outcome = startedOutcome()
    const written = write(outcome)
    await server.restart()
    await written
    await using reading = recorder('a')
    await until(isEmpty, { what: 'all to be recorded' })
    expect(reading.recorded.at(-1)).toEqual(outcome)
  })
})

describe('waiting for outcomes to be recorded', () => {
  it('is over at once when there are none', async () => {
    expect(await outcomesRecorded(redis, 0)).toBe(true)
  })

  it('gives up in time when nobody records them', async () => {
    await createOutcomeWriter(patient())(startedOutcome())
    expect(await outcomesRecorded(redis, 100)).toBe(false)
  })

  it('is over when those that were there are recorded, whatever comes after', async () => {
    const write = createOutcomeWriter(patient())
    const awaited = randomId()
    await write(startedOutcome(awaited))
    const waiting = outcomesRecorded(redis, 10_000)
    let hasRecorded = false
    // Records what was awaited, and never what comes later.
    await using _ = recorder('a', {
      record: async (outcomes) => {
        if (outcomes.some(({ taskId }) => taskId !== awaited)) throw new Error('not this one')
        hasRecorded = true
      },
    })
    await until(() => hasRecorded, { what: 'the awaited to be recorded' })
    await write(startedOutcome())
    expect(await waiting).toBe(true)
  })
})
