import type { AgentsLine } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { idOf, isId } from '../sql-text.ts'
import { appendedEvent, changedColumns, dbTime } from '../tasks/changed-columns.ts'
import { lockPlaces } from './lock-places.ts'
import { touchQueues } from './touch-queues.ts'

export const lineReturner =
  (db: Db): AgentsLine['returnToLine'] =>
  async (company, taskId, change) => {
    if (!isId(taskId)) return false
    const found = await db
      .selectFrom('tasks')
      .select('queue_id')
      .where('id', '=', taskId)
      .where('company', '=', company)
      .executeTakeFirst()
    if (!found) return false
    const queueId = found.queue_id === null ? null : idOf(found.queue_id)
    return db.transaction().execute(async (transaction) => {
      if (queueId !== null) await lockPlaces(transaction, queueId)
      const task = await transaction
        .updateTable('tasks')
        .set({ lease_until: null })
        .where('id', '=', taskId)
        .where('company', '=', company)
        .where('status', '=', 'queued')
        .where('lease_until', '<=', sql<Date>`statement_timestamp()`)
        .where(sql<boolean>`queue_id is not distinct from ${queueId}::uuid`)
        .returning(['job', 'queued_at'])
        .executeTakeFirst()
      // Native workers may have it now, or its queue is gone.
      if (!task || task.job !== null || queueId === null) return false
      const { rows } = await sql`
        insert into queue_entries (queue_id, task_id, position, added_at)
        select ${queueId}::uuid, ${taskId}::uuid,
          coalesce(min(position) - 1, nextval('queue_entries_position')),
          coalesce(${task.queued_at}::timestamptz, now())
        from queue_entries where queue_id = ${queueId}::uuid
        on conflict do nothing
        returning queue_id`.execute(transaction)
      if (rows.length === 0) return false
      await touchQueues(transaction, [queueId])
      const event = change.event ? { events: appendedEvent(change.event, change.set) } : {}
      await transaction
        .updateTable('tasks')
        .set({ ...changedColumns(change.set), ...event, updated_at: dbTime })
        .where('id', '=', taskId)
        .execute()
      return true
    })
  }
