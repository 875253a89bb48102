import type { TaskError } from '@inferq/contracts'
import type { OutcomePatch, RecordedOutcome, TaskStore } from '@inferq/domain'
import { CompiledQuery } from 'kysely'
import type { Db } from '../server/server.ts'
import { sqlState } from '../server/store-errors.ts'
import { idOf, jsonRows } from '../sql-text.ts'
import * as recordSql from './record-sql.ts'

interface RecordedRow {
  id: string
  run: number
  company: string
  queue: string | null
  job: string
  status: OutcomePatch['status']
  first_start: boolean
  queued_at: Date
  started_at: Date
}

/** One statement for the batch, unless something in it cannot be stored. */
export function outcomeRecorder(db: Db): TaskStore['recordOutcomes'] {
  const write = async (patches: readonly OutcomePatch[]): Promise<RecordedOutcome[]> => {
    const rows = jsonRows(patches.map(rowOf))
    const recorded = await db.executeQuery<RecordedRow>(
      CompiledQuery.raw(recordSql.recordOutcomes, [rows, patches.length]),
    )
    return recorded.rows.map(recordedOf)
  }

  /** Halves the batch until the row that cannot be stored is alone, so that no other waits behind it for ever. */
  const record = async (patches: readonly OutcomePatch[]): Promise<RecordedOutcome[]> => {
    if (patches.length === 0) return []
    try {
      return await write(patches)
    } catch (error) {
      if (!isDataRefused(error)) throw error
      const [only, ...others] = patches
      if (only && others.length === 0) return write([withoutResult(only)]).catch(noneIfRefused)
      const half = Math.ceil(patches.length / 2)
      return [...(await record(patches.slice(0, half))), ...(await record(patches.slice(half)))]
    }
  }
  return record
}

/** SQLSTATE class 22, data exception: a result that is no JSON, say. The statement has changed nothing. */
const isDataRefused = (error: unknown) => sqlState(error)?.startsWith('22') === true

/** Numbers beyond what a row can hold: no run that exists has them. */
function noneIfRefused(error: unknown): RecordedOutcome[] {
  if (isDataRefused(error)) return []
  throw error
}

/** What is left to say of a run whose worker reported what no record can hold: it has failed, and this is why. */
function withoutResult(patch: OutcomePatch): OutcomePatch {
  const error: TaskError = { code: 'RESULT_INVALID', message: 'the worker reported a result that is not valid JSON' }
  const { run, step, worker } = patch
  const now = Date.now()
  const event = { type: 'failed', at: now, run, status: 'failed', attempt: Math.floor(step / 2), worker } as const
  return {
    ...patch,
    startedAt: now,
    status: 'failed',
    statusReason: error.message,
    error,
    progress: null,
    result: null,
    resultKey: null,
    timings: null,
    nextAttemptAt: null,
    events: [{ ...event, startedAt: now, error }],
  }
}

const rowOf = (patch: OutcomePatch) => ({
  id: patch.taskId,
  run: patch.run,
  step: patch.step,
  repeatable: patch.repeatable,
  wins: patch.wins,
  status: patch.status,
  status_reason: patch.statusReason,
  worker: patch.worker,
  started_at: patch.startedAt,
  // An absent column costs neither side anything; a null one would be written and read.
  progress: patch.progress ?? undefined,
  error: patch.error ?? undefined,
  next_attempt_at: patch.nextAttemptAt ?? undefined,
  result: patch.result ?? undefined,
  result_key: patch.resultKey ?? undefined,
  timings: patch.timings ?? undefined,
  events: patch.events,
})

const recordedOf = (row: RecordedRow): RecordedOutcome => ({
  taskId: idOf(row.id),
  run: row.run,
  company: row.company,
  queue: row.queue ?? '',
  job: row.job,
  status: row.status,
  firstStart: row.first_start,
  queuedAt: row.queued_at,
  startedAt: row.started_at,
})
