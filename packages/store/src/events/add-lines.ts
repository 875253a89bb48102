import type { LogLine } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { jsonRows } from '../sql-text.ts'
import { slices } from './slices.ts'

/** They are numbered in the order in which they are given. */
export async function addLines(transaction: Db, stream: number, lines: readonly LogLine[]): Promise<void> {
  for (const slice of slices(lines)) {
    const rows = slice.map(({ at, worker, level, message }) => ({ at: at.getTime(), worker, level, message }))
    await sql`
      insert into log_lines (stream, at, worker, level, message)
      select ${stream}::bigint, at, worker, level, message
      from json_to_recordset(${jsonRows(rows)}::json) as line (at float8, worker text, level text, message text)
    `.execute(transaction)
  }
}
