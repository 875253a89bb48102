import type { TaskId, TaskStatus } from '@inferq/contracts'
import { DomainError, type TaskGuard, type TaskStore } from '@inferq/domain'
import { type Expression, type SqlBool, sql } from 'kysely'
import { type QueueIds, queueKey } from '../queues/queue-ids.ts'
import type { Db } from '../server/server.ts'
import { foreignKeyViolation, sqlState } from '../server/store-errors.ts'
import { isId } from '../sql-text.ts'
import { appendedEvent, changedColumns, dbTime } from './changed-columns.ts'
import { taskColumns, taskOf } from './task-row.ts'

/** One statement, unless the task is moved to a queue that this process does not know yet. */
export function taskUpdater(db: Db, queueIds: QueueIds): TaskStore['updateTask'] {
  const updateTask: TaskStore['updateTask'] = async (company, id, guard, changes, event) => {
    const update = async (db: Db, queueId: string | undefined) => {
      const row = await db
        .updateTable('tasks')
        .set({
          ...changedColumns(changes),
          ...(changes.status ? { status_changed_at: whenChanged(changes.status) } : {}),
          ...(queueId === undefined ? {} : { queue_id: queueId }),
          ...(event ? { events: appendedEvent(event, changes) } : {}),
          updated_at: dbTime,
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
  return async (company, id, ...rest) => {
    if (!isId(id)) return null
    try {
      return await updateTask(company, id, ...rest)
    } catch (error) {
      if (sqlState(error) !== foreignKeyViolation) throw error
      // A queue that this process knew has been deleted by another one.
      queueIds.forget()
      return updateTask(company, id, ...rest)
    }
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

const whenChanged = (status: TaskStatus) =>
  sql<Date>`case when tasks.status <> ${status}::text then ${dbTime} else tasks.status_changed_at end`
