import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { readPoints } from './read-points.ts'
import type { Span } from './repeats.ts'

/** By series, the places of points that are no longer meant: a later one is of the same iteration. */
export type Superseded = ReadonlyMap<number, ReadonlySet<number>>

/** Of the series for which the condition holds. Reads them whole, but only those that went back, which few do. */
export async function findSuperseded(db: Db, condition: RawBuilder<unknown>): Promise<Superseded> {
  const { rows } = await sql<Span & { id: number }>`
    select id::float8 as id, repeated_from as "from", repeated_to as "to" from scalar_series
    where repeated_from is not null and ${condition}`.execute(db)
  const watched = new Map(rows.map(({ id, ...span }) => [id, watch(span)]))
  await readPoints(db, [...watched.keys()], (series, { iterations }) => watched.get(series)?.see(iterations))
  return new Map([...watched].map(([id, { superseded }]) => [id, superseded]))
}

function watch({ from, to }: Span) {
  const superseded = new Set<number>()
  const lastPlaces = new Map<number, number>()
  let place = 0
  return {
    superseded,
    see(iterations: Float64Array): void {
      for (const iteration of iterations) {
        if (iteration >= from && iteration <= to) {
          const before = lastPlaces.get(iteration)
          if (before !== undefined) superseded.add(before)
          lastPlaces.set(iteration, place)
        }
        place++
      }
    },
  }
}
