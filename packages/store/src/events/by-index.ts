import { sql } from 'kysely'
import type { Db } from '../server/server.ts'

/**
 * Runs statements that are to follow an index and stop early. Postgres knows how much a task reports on average; of
 * the one that reported a million lines it would read and sort all of them for one page.
 */
export const byIndex = <T>(db: Db, work: (transaction: Db) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (transaction) => {
    await sql`select set_config(name, 'off', true)
      from unnest(array['enable_sort', 'enable_seqscan', 'enable_bitmapscan']) as setting (name)`.execute(transaction)
    return work(transaction)
  })
