import type { EventStore } from '@inferq/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { runCallersAsync } from '../server/store-errors.ts'
import { idOf } from '../sql-text.ts'
import type { Tables } from '../tables.ts'
import { byIndex } from './by-index.ts'

/** After this long no further slice is begun. */
const longestMs = 1_000
const linesPerSlice = 10_000
const chunksPerSlice = 5_000
const seriesPerSlice = 1_000
const shownPerSlice = 500

interface Dropped {
  id: number
  company: string
  subject: string
  dropped_at: Date
}
type Forget = Parameters<EventStore['sweep']>[0]

export const eventSweeper =
  (db: Db): EventStore['sweep'] =>
  async (forgetFiles) => {
    const endsAt = performance.now() + longestMs
    for (;;) {
      const stream = await oldestDropped(db)
      if (!stream) return { more: false }
      if (performance.now() >= endsAt) return { more: true }
      while (await deleteSlice(db, stream, forgetFiles)) {
        if (performance.now() >= endsAt) return { more: true }
      }
    }
  }

async function oldestDropped(db: Db): Promise<Dropped | undefined> {
  const { rows } = await sql<Dropped>`
    select id::float8 as id, company, subject, dropped_at from event_streams
    where dropped_at is not null order by dropped_at, id limit 1`.execute(db)
  return rows[0]
}

/** False: nothing was left of it but its own row, and now not even that. */
async function deleteSlice(db: Db, stream: Dropped, forgetFiles: Forget): Promise<boolean> {
  if (await deleteShown(db, stream, forgetFiles)) return true
  if (await deleteLines(db, stream.id)) return true
  if (await deleteSeries(db, stream.id)) return true
  await sql`delete from event_streams where id = ${stream.id}::bigint`.execute(db)
  return false
}

/** Their files first: who dies between the two is told of these files again. */
async function deleteShown(db: Db, { id, company, subject, dropped_at }: Dropped, forgetFiles: Forget) {
  const { rows } = await sql<{ series: number; iteration: number; key: string; url: string | null }>`
    select series::float8 as series, iteration, key,
      case when jsonb_typeof(content -> 'url') = 'string' then content ->> 'url' end as url
    from shown_series s join shown_events on series = s.id
    where s.stream = ${id}::bigint limit ${shownPerSlice}`.execute(db)
  if (rows.length > 0) {
    const files = [...new Set(rows.flatMap(({ url }) => url ?? []))]
    if (files.length > 0) {
      await runCallersAsync(() => forgetFiles({ company, subject: idOf(subject), droppedAt: dropped_at, urls: files }))
    }
    await sql`
      delete from shown_events
      using unnest(
        ${rows.map(({ series }) => series)}::bigint[], ${rows.map(({ iteration }) => iteration)}::float8[],
        ${rows.map(({ key }) => key)}::uuid[]
      ) as gone (series, iteration, key)
      where shown_events.series = gone.series and shown_events.iteration = gone.iteration
        and shown_events.key = gone.key`.execute(db)
    return true
  }
  const names = sql`select ctid from shown_series where stream = ${id}::bigint limit ${seriesPerSlice}`
  return deleteSome(db, 'shown_series', names)
}

const deleteLines = (db: Db, stream: number) =>
  deleteSome(db, 'log_lines', sql`select ctid from log_lines where stream = ${stream}::bigint limit ${linesPerSlice}`)

async function deleteSeries(db: Db, stream: number): Promise<boolean> {
  const ofSeries = sql`scalar_series s join scalar_chunks chunk on chunk.series = s.id where s.stream = ${stream}::bigint`
  const series = sql`select ctid from scalar_series where stream = ${stream}::bigint limit ${seriesPerSlice}`
  return (
    (await deleteSome(db, 'scalar_chunks', sql`select chunk.ctid from ${ofSeries} limit ${chunksPerSlice}`)) ||
    deleteSome(db, 'scalar_series', series)
  )
}

/** False: there was none. */
async function deleteSome(db: Db, table: keyof Tables, rows: RawBuilder<unknown>): Promise<boolean> {
  const deletion = sql`delete from ${sql.table(table)} where ctid = any(array(${rows}))`
  const { numAffectedRows = 0n } = await byIndex(db, (transaction) => deletion.execute(transaction))
  return numAffectedRows > 0n
}
