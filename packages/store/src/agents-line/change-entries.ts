import { type AgentsLine, DomainError } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { foreignKeyViolation, sqlState } from '../server/store-errors.ts'
import { idOf, isId } from '../sql-text.ts'
import { touchingQueues } from './touch-queues.ts'

/** At the end of the line. Rejects with TASK_NOT_FOUND for what is no task's id: a line holds ids only. */
export const entryAdder =
  (db: Db): AgentsLine['addEntry'] =>
  async (queueId, taskId) => {
    if (!isId(queueId)) return 'no_queue'
    if (!isId(taskId)) throw new DomainError('TASK_NOT_FOUND', 'no such task')
    const { rows } = await sql<{ known: boolean; entered: boolean }>`
      with entered as (
        insert into queue_entries (queue_id, task_id)
        select id, ${taskId}::uuid from queues where id = ${queueId}::uuid
        on conflict do nothing
        returning queue_id
      ), touched as (${touchingQueues(sql`select queue_id from entered`)})
      select exists (select from queues where id = ${queueId}::uuid) as known, exists (select from entered) as entered`
      .execute(db)
      .catch((error) => {
        if (sqlState(error) !== foreignKeyViolation) throw error
        return { rows: [{ known: false, entered: false }] }
      })
    if (!rows[0]?.known) return 'no_queue'
    return rows[0].entered ? 'added' : 'present'
  }

export const entryRemover =
  (db: Db): AgentsLine['removeEntry'] =>
  async (queueId, taskId) => {
    if (!isId(queueId) || !isId(taskId)) return false
    const { rows } = await sql`
      with removed as (
        delete from queue_entries where queue_id = ${queueId}::uuid and task_id = ${taskId}::uuid returning queue_id
      ), touched as (${touchingQueues(sql`select queue_id from removed`)})
      select queue_id from removed`.execute(db)
    return rows.length > 0
  }

export const lineClearer =
  (db: Db): AgentsLine['clearEntries'] =>
  async (queueId) => {
    if (!isId(queueId)) return []
    const { rows } = await sql<{ task_id: string }>`
      with removed as (
        delete from queue_entries where queue_id = ${queueId}::uuid returning queue_id, task_id, position
      ), touched as (${touchingQueues(sql`select queue_id from removed`)})
      select task_id from removed order by position, task_id`.execute(db)
    return rows.map((row) => idOf(row.task_id))
  }
