import type { ScalarPoint } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { jsonRows } from '../sql-text.ts'
import { type Grouped, groupBySeries, type SeriesNames, seriesKey } from './group-by-series.ts'
import { chunkPoints, cutChunks, packPoints, toHex, unpackPoints } from './pack-points.ts'
import { repeatsIn } from './repeats.ts'
import { slices } from './slices.ts'

/** Appends to the tails of their series; what fills a chunk becomes one. */
export async function addPoints(transaction: Db, stream: number, points: readonly ScalarPoint[]): Promise<void> {
  if (points.length === 0) return
  for (const slice of slices([...groupBySeries(points).values()])) {
    const tails = await readTails(transaction, stream, slice)
    const grown = slice.map((series) => grow(series, tails.get(seriesKey(series))))
    const ids = await writeSeries(
      transaction,
      stream,
      grown.map(({ row }) => row),
    )
    const chunks = grown.flatMap(({ row, chunks }) =>
      chunks.map((chunk) => ({ series: ids.get(seriesKey(row)), ...chunk })),
    )
    await writeChunks(transaction, chunks)
  }
}

interface Tail extends SeriesNames {
  /** Of the whole series. */
  points: number
  last_iteration: number
  tail: Uint8Array
}

async function readTails(transaction: Db, stream: number, series: readonly Grouped<ScalarPoint>[]) {
  const names = series.map(({ metric, variant }) => ({ metric, variant }))
  const { rows } = await sql<Tail>`
    select s.metric, s.variant, s.points::float8 as points, s.last_iteration, s.tail
    from json_to_recordset(${jsonRows(names)}::json) as given (metric text, variant text)
    join scalar_series s on s.stream = ${stream} and s.name = series_name(given.metric, given.variant)
  `.execute(transaction)
  return new Map(rows.map((row) => [seriesKey(row), row]))
}

function grow({ metric, variant, events }: Grouped<ScalarPoint>, before: Tail | undefined) {
  const { chunks, tail } = cutChunks(Buffer.concat([before?.tail ?? new Uint8Array(), packPoints(events)]))
  const firstNumber = Math.floor((before?.points ?? 0) / chunkPoints)
  const cut = chunks.map((points, place) => {
    const times = rangeOf(unpackPoints(points).times)
    return { number: firstNumber + place, first_at: times.first, last_at: times.last, points: toHex(points) }
  })
  const own = events.map(({ iteration }) => iteration)
  const iterations = rangeOf(own)
  const repeated = repeatsIn(own, before?.last_iteration ?? Number.NEGATIVE_INFINITY)
  const times = rangeOf(events.map(({ at }) => at.getTime()))
  const row = {
    metric,
    variant,
    points: events.length,
    first_iteration: iterations.first,
    last_iteration: iterations.last,
    first_at: times.first,
    last_at: times.last,
    repeated_from: repeated?.from ?? null,
    repeated_to: repeated?.to ?? null,
    longest_span: cut.reduce((longest, { first_at, last_at }) => Math.max(longest, last_at - first_at), 0),
    tail: toHex(tail),
  }
  return { row, chunks: cut }
}

function rangeOf(values: Iterable<number>): { first: number; last: number } {
  let first = Infinity
  let last = -Infinity
  for (const value of values) {
    if (value < first) first = value
    if (value > last) last = value
  }
  return { first, last }
}

/** Answers the ids of the series by their keys. */
async function writeSeries(transaction: Db, stream: number, series: readonly object[]): Promise<Map<string, number>> {
  const { rows } = await sql<SeriesNames & { id: number }>`
    insert into scalar_series (
      stream, metric, variant, points, first_iteration, last_iteration, first_at, last_at, repeated_from,
      repeated_to, longest_span, tail
    )
    select ${stream}::bigint, metric, variant, points, first_iteration, last_iteration, first_at, last_at, repeated_from,
      repeated_to, longest_span, decode(tail, 'hex')
    from json_to_recordset(${jsonRows(series)}::json) as given (
      metric text, variant text, points bigint, first_iteration float8, last_iteration float8, first_at float8,
      last_at float8, repeated_from float8, repeated_to float8, longest_span float8, tail text
    )
    on conflict (stream, name) do update set
      points = scalar_series.points + excluded.points,
      first_iteration = least(scalar_series.first_iteration, excluded.first_iteration),
      last_iteration = greatest(scalar_series.last_iteration, excluded.last_iteration),
      first_at = least(scalar_series.first_at, excluded.first_at),
      last_at = greatest(scalar_series.last_at, excluded.last_at),
      repeated_from = least(scalar_series.repeated_from, excluded.repeated_from),
      repeated_to = greatest(scalar_series.repeated_to, excluded.repeated_to),
      longest_span = greatest(scalar_series.longest_span, excluded.longest_span),
      tail = excluded.tail
    returning id::float8 as id, metric, variant`.execute(transaction)
  return new Map(rows.map((row) => [seriesKey(row), row.id]))
}

async function writeChunks(transaction: Db, chunks: readonly object[]): Promise<void> {
  for (const slice of slices(chunks)) {
    await sql`
      insert into scalar_chunks (series, number, first_at, last_at, points)
      select series, number, first_at, last_at, decode(points, 'hex')
      from json_to_recordset(${jsonRows(slice)}::json) as chunk (
        series bigint, number bigint, first_at float8, last_at float8, points text
      )`.execute(transaction)
  }
}
