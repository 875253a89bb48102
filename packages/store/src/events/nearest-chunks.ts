import { chunkPoints } from './pack-points.ts'
import type { Position } from './positions.ts'

/** Between which positions the points of a full chunk lie, as seen by who reads in one direction. */
export interface Head {
  series: number
  number: number
  near: Position
  far: Position
}

export type Compare = (one: Position, other: Position) => number

/** The nearest place of a point that is in none of these chunks; null: they are all there are. */
export function horizonOf(heads: readonly Head[], mostOfEach: number, compare: Compare): Position | null {
  const ends: Position[] = []
  for (const ofSeries of Map.groupBy(heads, ({ series }) => series).values()) {
    const last = ofSeries[mostOfEach - 1]
    if (last) ends.push(last.near)
  }
  return ends.sort(compare)[0] ?? null
}

/** Those that can hold one of the first `limit` points after the beginning. */
export function nearestOf(heads: readonly Head[], begin: Position, limit: number, compare: Compare): readonly Head[] {
  const whole = heads.filter(({ near }) => compare(near, begin) > 0).sort((one, other) => compare(one.far, other.far))
  const enough = whole[Math.ceil(limit / chunkPoints) - 1]
  return enough ? heads.filter(({ near }) => compare(near, enough.far) <= 0) : heads
}
