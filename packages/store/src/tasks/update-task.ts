import type { TaskId } from '@inferq/contracts'
import {
  type DbTime,
  DomainError,
  type TaskChanges,
  type TaskEvent,
  type TaskGuard,
  type TaskStore,
} from '@inferq/domain'
import { type Expression, type SqlBool, sql } from 'kysely'
import { type QueueIds, queueKey } from '../queues/queue-ids.ts'
import type { Db } from '../server/server.ts'
import { storable } from '../sql-text.ts'
import { taskColumns, taskOf } from './task-row.ts'

type Event = Omit<TaskEvent, 'at' | 'status' | 'run'>

/** One statement, unless the task is moved to a queue that this process does not know yet. */
export function taskUpdater(db: Db, queueIds: QueueIds): TaskStore['updateTask'] {
  return async (company, id, guard, changes, event) => {
    const update = async (db: Db, queueId: string | undefined) => {
      const row = await db
        .updateTable('tasks')
        .set({
          ...columnsOf(changes),
          ...(queueId === undefined ? {} : { queue_id: queueId }),
          ...(event ? { events: appended(event, changes) } : {}),
          updated_at: sql`now()`,
        })
        .where(guarded(company, id, guard))
        .returning(taskColumns)
        .executeTakeFirst()
      return row ? taskOf(row) : null
    }

    const { queue } = changes
    if (queue === undefined) return update(db, undefined)
    const ref = { company, queue }
    const known = queueIds.known([ref])
    if (known) return update(db, known.get(queueKey(ref)))
    return queueIds.remember(
      await db.transaction().execute(async (transaction) => {
        const ids = await queueIds.findOrMake(transaction, [ref])
        const queueId = ids.get(queueKey(ref))
        if (queueId === undefined) throw new DomainError('TOO_MANY_QUEUES', `queue "${queue}" would be one too many`)
        return { ids, answer: await update(transaction, queueId) }
      }),
    )
  }
}

/** The compare of a compare-and-set, and what keeps companies apart. */
export function guarded(company: string, id: TaskId, { statuses, run, step }: TaskGuard): Expression<SqlBool> {
  const conditions = [
    sql<SqlBool>`tasks.id = ${id}::uuid and tasks.company = ${company}`,
    sql<SqlBool>`tasks.status = any(${[...statuses]}::text[])`,
  ]
  if (run !== undefined) conditions.push(sql`tasks.run = ${run}`)
  if (step !== undefined) conditions.push(sql`tasks.step = ${step}`)
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`
}

function columnsOf(changes: TaskChanges) {
  const { status, error } = changes
  const columns = {
    status,
    status_changed_at:
      status && sql<Date>`case when tasks.status <> ${status}::text then now() else tasks.status_changed_at end`,
    status_reason: changes.statusReason === undefined ? undefined : storable(changes.statusReason),
    status_message: changes.statusMessage === undefined ? undefined : storable(changes.statusMessage),
    priority: changes.priority,
    run: changes.run,
    step: changes.step,
    result: changes.result,
    result_key: changes.resultKey,
    error: error && jsonb(error),
    progress: changes.progress,
    timings: changes.timings,
    worker: changes.worker,
    next_attempt_at: changes.nextAttemptAt,
    enqueue_status: changes.enqueueStatus,
    queued_at: timeOf(changes.queuedAt),
    started_at: timeOf(changes.startedAt),
    completed_at: timeOf(changes.completedAt),
    expires_at: changes.expiresAt,
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined))
}

const timeOf = (time: DbTime | undefined) => (time === 'now' ? sql<Date>`now()` : time)

/** The list of events with one more, which says what the row is after this very change. */
function appended(event: Event, { run, status }: TaskChanges) {
  const runAfter = run === undefined ? sql`tasks.run` : sql`${run}::int`
  const statusAfter = status === undefined ? sql`tasks.status` : sql`${status}::text`
  return sql<string>`tasks.events || jsonb_build_array(${jsonb(event)} || jsonb_build_object(
    'at', round(extract(epoch from now()) * 1000), 'run', ${runAfter}, 'status', ${statusAfter}
  ))`
}

const jsonb = (value: object) =>
  sql<string>`${JSON.stringify(value, (_key, part) => (typeof part === 'string' ? storable(part) : part))}::text::jsonb`
