import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { isId } from '../sql-text.ts'
import { dbTime } from '../tasks/changed-columns.ts'

/** The id of what a task or model has reported, to be used within a statement. */
export const streamOf = (subject: string): RawBuilder<number> => sql<number>`(
  select id from event_streams where subject = ${isId(subject) ? subject : null}::uuid and dropped_at is null)`

/** Where a batch is to be added to; begins it when there is none. Whoever drops it waits for the end of the batch. */
export async function openStream(transaction: Db, company: string, subject: string, lines: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into event_streams (company, subject, lines) values (${company}, ${subject}, ${lines})
    on conflict (subject) where dropped_at is null
    do update set lines = event_streams.lines + excluded.lines, added_at = ${dbTime}
    returning id::float8 as id`.execute(transaction)
  const [row] = rows
  if (!row) throw new TypeError('an upsert answers one row')
  return row.id
}

export async function dropStream(db: Db, subject: string): Promise<void> {
  if (!isId(subject)) return
  await db
    .updateTable('event_streams')
    .set({ dropped_at: dbTime })
    .where('subject', '=', subject)
    .where('dropped_at', 'is', null)
    .execute()
}

export async function dropStreamsOlderThan(db: Db, ms: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('event_streams')
    .set({ dropped_at: dbTime })
    .where('dropped_at', 'is', null)
    .where('added_at', '<', sql<Date>`${dbTime} - ${ms}::float8 * interval '1 millisecond'`)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
