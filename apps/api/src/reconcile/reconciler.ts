import { setTimeout as sleep } from 'node:timers/promises'
import { expireTasks, type Passing, type Ports, recoverOrphans, redeliverQueued, removeStrays } from '@inferq/domain'
import type { Redis } from '@inferq/queue'
import {
  holdSweepLease,
  outcomesRecorded,
  readSweepMark,
  releaseSweepLease,
  type SweepMark,
  writeSweepMark,
} from '@inferq/queue'
import type { Logger } from '@inferq/telemetry'
import type { ApiMetrics } from '../metrics.ts'
import { listen } from './hearing.ts'
import { lostAgents } from './lost-agents.ts'
import { createLeftoverSweep } from './sweep-leftovers.ts'

export interface ReconcilerParts {
  ports: Ports
  redis: Redis
  instance: string
  log: Logger
  metrics: ApiMetrics
  /** How long a task of an agent may give no sign of life. */
  agentSilenceMs: number
  /** How long the events of a silent task are kept; null: as long as the task. */
  eventsKeptMs: number | null
  /** How long uploaded files stay that nobody needs. */
  filesGraceMs: number
  /** Which tasks are kept for a time only; null: none. */
  passing: Passing | null
}

const sweepIntervalMs = 2_000
const leaseLifetimeMs = 10_000
/** Younger gaps belong to requests that are still at work. */
const queuedGraceMs = 3_000
const runningGraceMs = 10_000
/** A row may be committed a little after a newer one; look back this far. */
const overlapMs = 2_000
/** After a wipe, workers need a heartbeat or two to say again what they hold. */
const workersKnownAfterMs = 10_000
const recordedTimeoutMs = 5_000
/** How often everything is looked at, however sure we are. */
const fullSweepEveryMs = 10 * 60_000
const strayEveryMs = 60_000
const idempotencyKeysKeptMs = 24 * 60 * 60_000

/**
 * Closes every gap between record and line, on whichever api instance holds the lease. A lease in Redis rather than a
 * scheduled job: a schedule would be lost with Redis, just when it is needed.
 */
export function startReconciler(parts: ReconcilerParts): { stop(): Promise<void> } {
  const { ports, redis, instance, log, metrics, agentSilenceMs } = parts
  const sweepLeftovers = createLeftoverSweep(parts)
  const hearing = listen()
  const lost = lostAgents({ ports, hearing, agentSilenceMs })
  const stopping = new AbortController()
  const allRecorded = () => outcomesRecorded(redis, recordedTimeoutMs)
  let fullSweepAt = 0
  let straysAt = Date.now() + strayEveryMs
  const done = loop()

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if (await holdSweepLease(redis, instance, leaseLifetimeMs)) await sweep()
      } catch (error) {
        log.warn({ err: error }, 'sweep not finished')
      }
      await sleep(sweepIntervalMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
    await releaseSweepLease(redis, instance).catch(() => {})
  }

  async function sweep(): Promise<void> {
    const mark = await readSweepMark(redis)
    if (!mark) await restoreQueues()
    const { redelivered, mark: newMark } = await sweepQueued(mark)
    count('redelivered', redelivered)
    if (Date.now() - newMark.firstSweptAt.getTime() > workersKnownAfterMs) {
      count('recovered', await recoverOrphans(ports, { olderThanMs: runningGraceMs, outcomesRecorded: allRecorded }))
    }
    count('expired', await expireTasks(ports))
    // So far every step has asked Redis or the record.
    hearing.works()
    count('returned', await lost.returnLeases())
    count('silent', await lost.stopSilent())
    if (Date.now() >= straysAt) {
      straysAt = Date.now() + strayEveryMs
      count('strays', await removeStrays(ports))
      await ports.tasks.forgetIdempotencyKeys(idempotencyKeysKeptMs)
    }
    await sweepLeftovers()
  }

  /** Each queued task is looked at once after it was queued, and all of them after Redis lost anything. */
  async function sweepQueued(mark: SweepMark | null) {
    const full = !mark || Date.now() >= fullSweepAt
    if (full) fullSweepAt = Date.now() + fullSweepEveryMs
    const since = full ? null : new Date(mark.sweptUntil.getTime() - overlapMs)
    const { redelivered, newest } = await redeliverQueued(ports, {
      since,
      olderThanMs: mark ? queuedGraceMs : 0,
      outcomesRecorded: allRecorded,
    })
    const sweptUntil = new Date(Math.max(newest?.getTime() ?? 0, mark?.sweptUntil.getTime() ?? 0))
    const next = { sweptUntil, firstSweptAt: mark?.firstSweptAt ?? new Date() }
    await writeSweepMark(redis, next)
    return { redelivered, mark: next }
  }

  /** A paused queue is still paused after Redis was lost. */
  async function restoreQueues(): Promise<void> {
    const paused = (await ports.queues.listAllQueues()).filter((queue) => queue.paused)
    for (const { company, name } of paused) await ports.line.setPaused({ company, queue: name }, true)
  }

  function count(
    what: 'redelivered' | 'recovered' | 'expired' | 'returned' | 'strays' | 'silent',
    tasks: number,
  ): void {
    if (tasks === 0) return
    metrics.reconciled.inc({ what }, tasks)
    log.info({ what, tasks }, 'reconciled')
  }

  return {
    async stop() {
      stopping.abort()
      await done
    },
  }
}
