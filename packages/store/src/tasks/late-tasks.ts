import type { DetailedTask } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { dbTime } from './changed-columns.ts'
import { detailedColumns, detailedTaskOf } from './detailed-row.ts'
import { longAgo } from './live-tasks.ts'

/** The longest silent first. */
export async function listSilent(db: Db, olderThanMs: number, limit: number): Promise<DetailedTask[]> {
  const rows = await db
    .selectFrom('tasks')
    .select(detailedColumns)
    // Written out, so that a partial index can be chosen whatever the driver does with parameters.
    .where('status', '=', sql.lit('in_progress'))
    .where(sql<boolean>`(job is null or queued_at is null)`)
    .where('updated_at', '<=', longAgo(olderThanMs))
    .orderBy('updated_at')
    .orderBy('tasks.id')
    .limit(limit)
    .execute()
  return rows.map(detailedTaskOf)
}

export async function listOverdueLeases(db: Db, limit: number): Promise<DetailedTask[]> {
  const rows = await db
    .selectFrom('tasks')
    .select(detailedColumns)
    .where('lease_until', '<=', dbTime)
    .where('status', '=', sql.lit('queued'))
    .orderBy('lease_until')
    .limit(limit)
    .execute()
  return rows.map(detailedTaskOf)
}
