import { sql } from 'kysely'
import type { Db } from '../server/server.ts'

/** Longer ones are the paths of no stored file, and Postgres' indexes do not take them. */
const maxPathBytes = 2_000

/** What can be no path of a stored file is left out: it must not keep anybody from deleting a task that names it. */
export async function noteUnneeded(
  db: Db,
  company: string,
  paths: readonly string[],
  storedBefore: Date | null = null,
): Promise<void> {
  const possible = paths.filter(
    (path) => !path.includes('\0') && path.isWellFormed() && Buffer.byteLength(path) <= maxPathBytes,
  )
  if (possible.length === 0) return
  await sql`
    insert into unneeded_files (company, path)
    select ${company}::text, path from unnest(${possible}::text[]) as path
    where not exists (
      select from stored_files f
      where f.company = ${company} and f.path = path.path and f.stored_at >= ${storedBefore}::timestamptz
    )
    on conflict do nothing`.execute(db)
}
