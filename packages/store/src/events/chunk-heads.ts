import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import type { Head } from './nearest-chunks.ts'
import { chunkPoints } from './pack-points.ts'
import type { PageQuery } from './page-query.ts'
import { type Position, rankOf } from './positions.ts'
import { inFilter } from './series-filter.ts'
import { streamOf } from './streams.ts'

export interface PackedSeries {
  id: number
  metric: string
  variant: string
  points: number
  tail: Uint8Array
}

export async function findSeries(db: Db, { subject, filter }: PageQuery): Promise<PackedSeries[]> {
  const { rows } = await sql<PackedSeries>`
    select id::float8 as id, metric, variant, points::float8 as points, tail
    from scalar_series where stream = ${streamOf(subject)} and ${inFilter(filter)}`.execute(db)
  return rows
}

/** Of each series the next ones that hold anything beyond the bound, in the order of where they begin. */
export async function findHeads(
  db: Db,
  { subject, filter, newestFirst, bound }: PageQuery,
  ofEach: number,
): Promise<Head[]> {
  const begin = sql`(${bound.at}::float8, ${bound.series}::bigint, ${Math.floor(bound.place / chunkPoints)}::bigint)`
  // No chunk is longer than the longest, so most of those that end too early need not be looked at.
  const next = newestFirst
    ? sql`last_at <= ${bound.at}::float8 + s.longest_span and (first_at, series, number) <= ${begin}
        order by last_at desc, number desc`
    : sql`first_at >= ${bound.at}::float8 - s.longest_span and (last_at, series, number) >= ${begin}
        order by first_at, number`
  const { rows } = await sql<{ series: number; number: number; first_at: number; last_at: number }>`
    select s.id::float8 as series, chunk.number::float8 as number, chunk.first_at, chunk.last_at
    from scalar_series s cross join lateral (
      select number, first_at, last_at from scalar_chunks where series = s.id and ${next} limit ${ofEach}
    ) chunk
    where s.stream = ${streamOf(subject)} and ${inFilter(filter)}`.execute(db)
  return rows.map(({ series, number, first_at, last_at }) => {
    const first: Position = [first_at, rankOf('point'), series, number * chunkPoints]
    const last: Position = [last_at, rankOf('point'), series, (number + 1) * chunkPoints - 1]
    return { series, number, near: newestFirst ? last : first, far: newestFirst ? first : last }
  })
}

export async function readChunks(
  db: Db,
  heads: readonly Head[],
): Promise<{ series: number; number: number; points: Uint8Array }[]> {
  if (heads.length === 0) return []
  const { rows } = await sql<{ series: number; number: number; points: Uint8Array }>`
    select chunk.series::float8 as series, chunk.number::float8 as number, chunk.points
    from unnest(${heads.map(({ series }) => series)}::bigint[], ${heads.map(({ number }) => number)}::bigint[])
      as head (series, number)
    join scalar_chunks chunk using (series, number)`.execute(db)
  return rows
}
