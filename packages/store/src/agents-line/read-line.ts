import type { LineEntry } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { idOf, isId } from '../sql-text.ts'

export interface EntryRow {
  queue_id: string
  task_id: string
  added_at: Date
}

export const entryOf = (row: EntryRow): LineEntry => ({
  queueId: idOf(row.queue_id),
  taskId: idOf(row.task_id),
  addedAt: row.added_at,
})

export async function readLines(db: Db, queueIds: readonly string[], limit: number | null): Promise<LineEntry[]> {
  const { rows } = await sql<EntryRow>`
    select entries.queue_id, entries.task_id, entries.added_at
    from unnest(${queueIds.filter(isId)}::uuid[]) with ordinality as queue (id, place)
    cross join lateral (
      select queue_id, task_id, added_at, position from queue_entries
      where queue_id = queue.id order by position, task_id limit ${limit}::bigint
    ) entries
    order by queue.place, entries.position, entries.task_id`.execute(db)
  return rows.map(entryOf)
}

export async function countEntries(db: Db, queueId: string): Promise<number> {
  if (!isId(queueId)) return 0
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from queue_entries where queue_id = ${queueId}::uuid`.execute(db)
  return rows[0]?.count ?? 0
}
