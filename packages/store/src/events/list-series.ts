import type { EventStore } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { inFilter } from './series-filter.ts'
import { streamOf } from './streams.ts'

interface SeriesRow {
  id: string
  metric: string
  variant: string
  points: number
  first_iteration: number
  last_iteration: number
  first_at: number
  last_at: number
}

export const seriesLister =
  (db: Db): EventStore['listSeries'] =>
  async (subject, filter) => {
    const { rows } = await sql<SeriesRow>`
      select id::text as id, metric, variant, points::float8 as points, first_iteration, last_iteration, first_at, last_at
      from scalar_series where stream = ${streamOf(subject)} and ${inFilter(filter)}
      order by metric collate "C", variant collate "C"`.execute(db)
    return rows.map((row) => ({
      id: row.id,
      metric: row.metric,
      variant: row.variant,
      points: row.points,
      firstIteration: row.first_iteration,
      lastIteration: row.last_iteration,
      firstAt: new Date(row.first_at),
      lastAt: new Date(row.last_at),
    }))
  }
