import type { EventStore } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { runCallers } from '../server/store-errors.ts'
import type { Columns } from './pack-points.ts'
import { readPoints } from './read-points.ts'
import { findSuperseded } from './superseded.ts'

export const seriesReader =
  (db: Db): EventStore['readSeries'] =>
  async (given, visit) => {
    const ids = given.map(Number)
    const superseded = await findSuperseded(db, sql`id = any(${ids}::bigint[])`)
    await readPoints(db, ids, (series, points, first) => {
      const meant = without(superseded.get(series), points, first)
      if (meant.times.length > 0) runCallers(() => visit({ series: String(series), ...meant }))
    })
  }

function without(superseded: ReadonlySet<number> | undefined, points: Columns, first: number): Columns {
  if (superseded === undefined) return points
  const meant = (_: number, place: number) => !superseded.has(first + place)
  const { iterations, times, values } = points
  return { iterations: iterations.filter(meant), times: times.filter(meant), values: values.filter(meant) }
}
