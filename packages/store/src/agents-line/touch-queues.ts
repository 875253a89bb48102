import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../server/server.ts'

/**
 * Says of these queues that their entries changed. A row that someone else is writing is left to them: who takes
 * entries of one queue would else take them one commit after the other, for the sake of a time that is the same.
 */
export const touchingQueues = (queueIds: RawBuilder<unknown>) => sql`
  update queues set updated_at = statement_timestamp() where id in (
    select id from queues where id in (${queueIds}) for no key update skip locked
  )`

export async function touchQueues(db: Db, queueIds: readonly string[]): Promise<void> {
  if (queueIds.length > 0) await touchingQueues(sql`select unnest(${[...queueIds]}::uuid[])`).execute(db)
}
