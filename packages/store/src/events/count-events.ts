import type { EventKind, SeriesFilter } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { countLines } from './read-lines.ts'
import { inFilter, isAll } from './series-filter.ts'
import { streamOf } from './streams.ts'

export async function countEvents(
  db: Db,
  subject: string,
  kinds: readonly EventKind[],
  filter: readonly SeriesFilter[] | undefined,
): Promise<number> {
  const lines = kinds.includes('line') && isAll(filter) ? await countLines(db, subject) : 0
  const { rows } = await sql<{ count: number }>`
    select (
      (select coalesce(sum(points), 0) from scalar_series
        where ${kinds.includes('point')} and stream = ${streamOf(subject)} and ${inFilter(filter)})
      + (select count(*) from shown_series s join shown_events on series = s.id
        where kind = any(${[...kinds]}::text[]) and stream = ${streamOf(subject)} and ${inFilter(filter)})
    )::float8 as count`.execute(db)
  return lines + (rows[0]?.count ?? 0)
}
