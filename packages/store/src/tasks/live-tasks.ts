import { jobIdOf, type TaskId, type TaskStatus } from '@inferq/contracts'
import type { LiveTask, TaskStore } from '@inferq/domain'
import { type Selection, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { idOf, jsonRows } from '../sql-text.ts'
import type { Tables } from '../tables.ts'
import { inputText, queueName } from './task-row.ts'

const columns = [
  'tasks.id',
  'tasks.company',
  queueName,
  'tasks.job',
  'tasks.run',
  'tasks.step',
  'tasks.priority',
  'tasks.attempts_allowed',
  inputText,
  'tasks.input_key',
  'tasks.traceparent',
  'tasks.status_message',
  'tasks.queued_at',
  'tasks.updated_at',
] as const

type ListQueued = Parameters<TaskStore['listQueued']>[0]
type ListRunning = Parameters<TaskStore['listRunning']>[0]

/** In the order in which they wait. A page costs the same wherever it starts: it is read off `tasks_waiting`. */
export async function listQueued(db: Db, { after, since, olderThanMs, limit }: ListQueued): Promise<LiveTask[]> {
  let select = nativeTasks(db, 'queued')
    .where('withdrawn', '=', sql.lit(false))
    .where('queued_at', '<=', longAgo(olderThanMs))
  if (since) select = select.where('queued_at', '>=', since)
  if (after) {
    const { priority, queuedAt, id } = after
    select = select.where(
      sql<boolean>`(priority, queued_at, tasks.id) > (${priority}::int, ${queuedAt}::timestamptz, ${id}::uuid)`,
    )
  }
  const rows = await select.orderBy('priority').orderBy('queued_at').orderBy('tasks.id').limit(limit).execute()
  return rows.map(liveTaskOf)
}

export async function listRunning(db: Db, { afterId, olderThanMs, limit }: ListRunning): Promise<LiveTask[]> {
  let select = nativeTasks(db, 'in_progress').where('updated_at', '<=', longAgo(olderThanMs))
  if (afterId !== null) select = select.where('tasks.id', '>', afterId)
  const rows = await select.orderBy('tasks.id').limit(limit).execute()
  return rows.map(liveTaskOf)
}

export async function listExpired(db: Db, limit: number): Promise<LiveTask[]> {
  const rows = await nativeTasks(db, 'queued')
    .where('expires_at', '<=', sql<Date>`now()`)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map(liveTaskOf)
}

export async function filterRuns(
  db: Db,
  runs: readonly { taskId: TaskId; run: number }[],
  statuses: readonly TaskStatus[],
): Promise<ReadonlySet<string>> {
  const wanted = jsonRows(runs.map(({ taskId, run }) => ({ id: taskId, run })))
  // The status is compared here: in the statement it would tempt the planner to read everything that waits.
  const { rows } = await sql<{ id: string; run: number; status: TaskStatus }>`
    select tasks.id, tasks.run, tasks.status
    from json_to_recordset(${wanted}::json) as r (id uuid, run int)
    join tasks on tasks.id = r.id and tasks.run = r.run
  `.execute(db)
  const kept = rows.filter((row) => statuses.includes(row.status))
  return new Set(kept.map((row) => jobIdOf(idOf(row.id), row.run)))
}

const nativeTasks = (db: Db, status: 'queued' | 'in_progress') =>
  db
    .selectFrom('tasks')
    .select(columns)
    // Written out, so that a partial index can be chosen whatever the driver does with parameters.
    .where('status', '=', sql.lit(status))
    .where('job', 'is not', null)
    // One that a client started by hand has no job, and never gets one.
    .where('queued_at', 'is not', null)

/** Rounded as the column is: else a row of this very millisecond would seem to come from the future. */
export const longAgo = (ms: number) => sql<Date>`now()::timestamptz(3) - ${ms}::float8 * interval '1 millisecond'`

const liveTaskOf = (row: Selection<Tables, 'tasks', (typeof columns)[number]>): LiveTask => ({
  id: idOf(row.id),
  company: row.company,
  queue: row.queue ?? '',
  job: row.job ?? '',
  run: row.run,
  step: row.step,
  priority: row.priority,
  attemptsAllowed: row.attempts_allowed,
  input: row.input,
  inputKey: row.input_key,
  traceparent: row.traceparent,
  statusMessage: row.status_message,
  queuedAt: row.queued_at as Date,
  updatedAt: row.updated_at,
})
