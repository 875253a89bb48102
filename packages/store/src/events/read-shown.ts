import type { Document, EventStore, ShownEvent, ShownKind } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { storable } from '../sql-text.ts'
import { byIndex } from './by-index.ts'
import { fromCursor, toCursor } from './cursor.ts'
import { isKey } from './positions.ts'
import { inFilter } from './series-filter.ts'
import { streamOf } from './streams.ts'

export interface ShownRow {
  kind: ShownKind
  metric: string
  variant: string
  iteration: number
  at: number
  worker: string
  content: Document
}

export const shownOf = (row: ShownRow): ShownEvent => ({
  kind: row.kind,
  metric: row.metric,
  variant: row.variant,
  iteration: row.iteration,
  at: new Date(row.at),
  worker: row.worker,
  content: row.content,
})

export const shownReader =
  (db: Db): EventStore['readShown'] =>
  async (subject, { kind, filter, from, direction, iterations, cursor, limit }) => {
    const way = direction === 'earlier' ? sql`desc` : sql`asc`
    const beyond = direction === 'earlier' ? sql`<` : sql`>`
    const wanted = sql`
      select s.id as series, s.kind, s.metric, s.variant, event.iteration, event.key
      from shown_series s cross join lateral (
        select distinct iteration from shown_events
        where series = s.id and ${from === null ? sql`true` : sql`iteration ${beyond} ${from}::float8`}
        order by iteration ${way} limit ${iterations}::bigint
      ) next join shown_events event on event.series = s.id and event.iteration = next.iteration
      where s.stream = ${streamOf(subject)} and s.kind = ${kind} and ${inFilter(filter)}`
    const after = fromCursor(cursor, isPosition)
    const inOrder = sql`metric collate "C", variant collate "C", iteration ${way}, key ${way}`
    const page = sql<ShownRow & { key: string }>`
      select kind, metric, variant, iteration, key, at, worker, content
      from (
        select * from (${wanted}) wanted where ${after ? isBeyond(after, beyond) : sql`true`}
        order by ${inOrder} limit ${limit + 1}
      ) page
      join shown_events event using (series, iteration, key)
      order by ${inOrder}`
    const count = sql<{ total: number }>`select count(*)::float8 as total from (${wanted}) wanted`
    const { rows, counted } = await byIndex(db, async (transaction) => ({
      rows: (await page.execute(transaction)).rows,
      counted: (await count.execute(transaction)).rows[0],
    }))
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      events: shown.map(shownOf),
      cursor: last && rows.length > limit ? toCursor([last.metric, last.variant, last.iteration, last.key]) : null,
      total: counted?.total ?? 0,
    }
  }

type Position = [metric: string, variant: string, iteration: number, key: string]

const isPosition = (value: unknown[]): value is Position =>
  value.length === 4 &&
  typeof value[2] === 'number' &&
  [0, 1].every((place) => typeof value[place] === 'string') &&
  isKey(value[3])

const isBeyond = ([metric, variant, iteration, key]: Position, beyond: RawBuilder<unknown>) => sql`(
  (metric collate "C", variant collate "C") > (${storable(metric)}::text, ${storable(variant)}::text)
  or metric = ${storable(metric)} and variant = ${storable(variant)} and (iteration, key) ${beyond} (${iteration}::float8, ${key}::uuid))`
