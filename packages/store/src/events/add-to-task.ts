import type { EventStore, EventTask } from '@inferq/domain'
import type { Selection } from 'kysely'
import type { Db } from '../server/server.ts'
import { runCallers } from '../server/store-errors.ts'
import { idOf, isId } from '../sql-text.ts'
import type { Tables } from '../tables.ts'
import { changedColumns, dbTime } from '../tasks/changed-columns.ts'
import { addBatch } from './add-batch.ts'

export const taskEventAdder =
  (db: Db): EventStore['addToTask'] =>
  async (company, id, batch, decide) => {
    if (!isId(id)) return null
    return db.transaction().execute(async (transaction) => {
      const task = await lockTask(transaction, company, id)
      const changes = task && runCallers(() => decide(task))
      if (!changes) return null
      await addBatch(transaction, { company, subject: id }, batch)
      await transaction
        .updateTable('tasks')
        .set({ ...changedColumns(changes), updated_at: dbTime })
        .where('id', '=', id)
        .execute()
      return task
    })
  }

/** What may be large on a task is not read: this is done for every batch. */
const columns = [
  'id',
  'status',
  'started_at',
  'lease_until',
  'last_metrics',
  'last_iteration',
  'active_seconds',
  'project',
] as const

async function lockTask(transaction: Db, company: string, id: string): Promise<EventTask | null> {
  const row = await transaction
    .selectFrom('tasks')
    .select(columns)
    .where('id', '=', id)
    .where('company', '=', company)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row ? eventTaskOf(row) : null
}

const eventTaskOf = (row: Selection<Tables, 'tasks', (typeof columns)[number]>): EventTask => ({
  id: idOf(row.id),
  status: row.status,
  startedAt: row.started_at,
  leaseUntil: row.lease_until,
  lastMetrics: row.last_metrics,
  lastIteration: Number(row.last_iteration),
  activeSeconds: row.active_seconds,
  project: row.project === null ? null : idOf(row.project),
})
