import type { ShownKind } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import type { PageQuery, Placed } from './page-query.ts'
import { rankOf } from './positions.ts'
import { type ShownRow, shownOf } from './read-shown.ts'
import { inFilter } from './series-filter.ts'
import { streamOf } from './streams.ts'

export async function pageOfShown(
  db: Db,
  { subject, kinds, filter, newestFirst, bound, limit }: PageQuery & { kinds: readonly ShownKind[] },
): Promise<Placed[]> {
  const way = newestFirst ? sql`desc` : sql`asc`
  const beyond = newestFirst ? sql`<` : sql`>`
  const order = sql`at ${way}, series ${way}, iteration ${way}, key ${way}`
  // Their contents, which may be large, are looked at only of those that are on the page.
  const { rows } = await sql<ShownRow & { series: number; key: string }>`
    select series::float8 as series, kind, metric, variant, iteration, key, at, worker, content
    from (
      select s.id as series, kind, metric, variant, next.at, next.iteration, next.key
      from shown_series s cross join lateral (
        select at, iteration, key from shown_events event
        where event.series = s.id
          and (at, series, iteration, key) ${beyond}
            (${bound.at}::float8, ${bound.series}::bigint, ${bound.place}::float8, ${bound.key}::uuid)
          and at ${newestFirst ? sql`<=` : sql`>=`} ${bound.at}::float8
        order by at ${way}, iteration ${way}, key ${way} limit ${limit}
      ) next
      where s.stream = ${streamOf(subject)} and s.kind = any(${kinds}::text[]) and ${inFilter(filter)}
      order by ${order} limit ${limit}
    ) page
    join lateral (
      select worker, content from shown_events event
      where event.series = page.series and event.iteration = page.iteration and event.key = page.key
    ) event on true
    order by ${order}`.execute(db)
  return rows.map((row) => ({
    position: [row.at, rankOf(row.kind), row.series, row.iteration, row.key],
    event: shownOf(row),
  }))
}
