import type { Db } from '../server/server.ts'
import { findHeads, findSeries, type PackedSeries, readChunks } from './chunk-heads.ts'
import { type Compare, type Head, horizonOf, nearestOf } from './nearest-chunks.ts'
import { chunkPoints, unpackPoints } from './pack-points.ts'
import type { PageQuery, Placed } from './page-query.ts'
import { comparePositions, type Position, rankOf } from './positions.ts'
import type { Superseded } from './superseded.ts'

/**
 * A series comes nearly in the order of its times, but need not: each chunk tells its first and last time. Of every
 * series the next few chunks are looked at; whatever lies before the nearest point that may have been left out is
 * certain. If that makes no page, more are looked at. Points that were superseded are left out.
 */
export async function pageOfPoints(db: Db, query: PageQuery, superseded: Superseded): Promise<Placed[]> {
  const { bound, limit, newestFirst } = query
  const compare: Compare = newestFirst ? (one, other) => comparePositions(other, one) : comparePositions
  const begin: Position = [bound.at, rankOf('point'), bound.series, bound.place]
  const series = await findSeries(db, query)
  const tails = series.flatMap((one) => unpack(one, fullChunks(one), one.tail))
  const byId = new Map(series.map((one) => [one.id, one]))
  // So many of those that are read may not be shown.
  const hidden = [...superseded.values()].reduce((sum, { size }) => sum + size, 0)
  for (let chunks = Math.ceil(limit / chunkPoints) + 2; ; chunks *= 2) {
    const heads = await findHeads(db, query, chunks)
    const horizon = horizonOf(heads, chunks, compare)
    const packed = await readChunks(db, nearestOf(fullBefore(heads, byId), begin, limit + hidden, compare))
    const points = packed.flatMap(({ series, number, points }) => {
      const one = byId.get(series)
      return one ? unpack(one, number, points) : []
    })
    const page = [...points, ...tails]
      .filter(({ position: [, , id, place] }) => !superseded.get(id)?.has(place))
      .filter(({ position }) => compare(position, begin) > 0 && (!horizon || compare(position, horizon) < 0))
      .sort((one, other) => compare(one.position, other.position))
    if (page.length >= limit || !horizon) return page.slice(0, limit)
  }
}

/** A tail that was read may have filled a chunk since: what is in both belongs to the page once. */
function fullBefore(heads: readonly Head[], series: ReadonlyMap<number, PackedSeries>): Head[] {
  return heads.filter((head) => head.number < fullChunks(series.get(head.series)))
}

const fullChunks = (series: PackedSeries | undefined) => Math.floor((series?.points ?? 0) / chunkPoints)

function unpack({ id, metric, variant }: PackedSeries, number: number, bytes: Uint8Array): Placed[] {
  const { iterations, times, values } = unpackPoints(bytes)
  return Array.from(times, (at, place) => ({
    position: [at, rankOf('point'), id, number * chunkPoints + place],
    event: {
      kind: 'point',
      metric,
      variant,
      iteration: iterations[place] as number,
      at: new Date(at),
      value: values[place] as number,
    },
  }))
}
