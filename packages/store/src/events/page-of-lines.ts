import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import type { PageQuery, Placed } from './page-query.ts'
import { rankOf } from './positions.ts'
import { type LineRow, lineOf } from './read-lines.ts'
import { isAll } from './series-filter.ts'
import { streamOf } from './streams.ts'

export async function pageOfLines(
  db: Db,
  { subject, filter, newestFirst, bound, limit }: PageQuery,
): Promise<Placed[]> {
  // A line is of no metric.
  if (!isAll(filter)) return []
  const way = newestFirst ? sql`desc` : sql`asc`
  const { rows } = await sql<LineRow>`
    select at, number::float8 as number, worker, level, message from log_lines
    where stream = ${streamOf(subject)}
      and (at, number) ${newestFirst ? sql`<` : sql`>`} (${bound.at}::float8, ${bound.place}::bigint)
    order by at ${way}, number ${way} limit ${limit}`.execute(db)
  return rows.map((row) => ({
    position: [row.at, rankOf('line'), 0, row.number],
    event: { kind: 'line', ...lineOf(row) },
  }))
}
