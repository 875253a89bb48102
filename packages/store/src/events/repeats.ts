import type { IterationSpan, SeriesFilter } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { seriesReader } from './read-series.ts'
import { inFilter } from './series-filter.ts'
import { streamOf } from './streams.ts'

/** Where these iterations, which follow on others of which `highest` was the highest, go back to what was passed. */
export function repeatsIn(iterations: readonly number[], highest: number): IterationSpan | null {
  let top = highest
  let span = null as IterationSpan | null
  for (const iteration of iterations) {
    if (iteration > top) top = iteration
    else span = { from: Math.min(span?.from ?? iteration, iteration), to: top }
  }
  return span
}

/** By series, the places of points that are no longer meant: a later one is of the same iteration. */
export type Superseded = ReadonlyMap<number, ReadonlySet<number>>

/** Reads whole series, but only those that went back, which few do. */
export async function findSuperseded(db: Db, subject: string, filter: readonly SeriesFilter[] | undefined) {
  const { rows } = await sql<{ id: number; from: number; to: number }>`
    select id::float8 as id, repeated_from as "from", repeated_to as "to" from scalar_series
    where stream = ${streamOf(subject)} and repeated_from is not null and ${inFilter(filter)}`.execute(db)
  const watched = new Map(rows.map(({ id, ...span }) => [String(id), { id, ...watch(span) }]))
  await seriesReader(db)([...watched.keys()], ({ series, iterations }) => watched.get(series)?.see(iterations))
  return new Map([...watched.values()].map(({ id, superseded }) => [id, superseded]))
}

function watch({ from, to }: IterationSpan) {
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
