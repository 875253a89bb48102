import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { type Columns, chunkPoints, unpackPoints } from './pack-points.ts'
import { slices } from './slices.ts'

/** In memory at a time: about a megabyte. */
const chunksAtATime = 500
const seriesAtATime = 500

/** `first`: the place of the first of these points in its series. */
export type VisitPoints = (series: number, points: Columns, first: number) => void

/** Shows all points that are stored of these series, chunk by chunk, one series after the other. */
export async function readPoints(db: Db, ids: readonly number[], visit: VisitPoints): Promise<void> {
  for (const slice of slices(ids, seriesAtATime)) {
    const found = await readTails(db, slice)
    for (const part of parts(found)) {
      const chunks = Map.groupBy(await readChunks(db, part), ({ series }) => series)
      for (const { id, to, tail } of part) {
        for (const { number, points } of chunks.get(id) ?? []) visit(id, unpackPoints(points), number * chunkPoints)
        if (tail && tail.byteLength > 0) visit(id, unpackPoints(tail), to * chunkPoints)
      }
    }
  }
}

interface Tail {
  id: number
  /** Full ones. */
  chunks: number
  tail: Uint8Array
}

async function readTails(db: Db, ids: readonly number[]): Promise<Tail[]> {
  const { rows } = await sql<Tail>`
    select id::float8 as id, (points / ${chunkPoints}::int)::float8 as chunks, tail
    from scalar_series where id = any(${ids}::bigint[])`.execute(db)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

interface Part {
  id: number
  from: number
  to: number
  /** After the last part of a series. */
  tail: Uint8Array | null
}

/** Cuts what is to be read into what is read at a time. */
function* parts(series: readonly Tail[]): Generator<Part[]> {
  let part: Part[] = []
  let room = chunksAtATime
  for (const { id, chunks, tail } of series) {
    let from = 0
    do {
      const to = Math.min(chunks, from + room)
      part.push({ id, from, to, tail: to === chunks ? tail : null })
      room -= to - from
      from = to
      if (room === 0) {
        yield part
        part = []
        room = chunksAtATime
      }
    } while (from < chunks)
  }
  if (part.length > 0) yield part
}

async function readChunks(
  db: Db,
  parts: readonly Part[],
): Promise<{ series: number; number: number; points: Uint8Array }[]> {
  const some = parts.filter(({ from, to }) => from < to)
  if (some.length === 0) return []
  const { rows } = await sql<{ series: number; number: number; points: Uint8Array }>`
    select chunk.series::float8 as series, chunk.number::float8 as number, chunk.points
    from unnest(
      ${some.map(({ id }) => id)}::bigint[], ${some.map(({ from }) => from)}::bigint[],
      ${some.map(({ to }) => to)}::bigint[]
    ) as part (series, first, last)
    join scalar_chunks chunk on chunk.series = part.series and chunk.number >= part.first and chunk.number < part.last
    order by chunk.series, chunk.number`.execute(db)
  return rows
}
