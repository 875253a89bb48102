import type { EventKind } from '@inferq/domain'

/** The place of an event among all of its task: by time, and of one time by what it is and where it lies. */
export type Position = [
  at: number,
  rank: number,
  /** Of a point or what is shown: its series. */
  series: number,
  /** The number of a line, the place of a point in its series, the iteration of what is shown. */
  place: number,
  /** Of what is shown: by which it is told from others of its iteration. */
  key?: string,
]

/** Where a page of events of one rank begins: what it holds is strictly beyond this. */
export interface Bound {
  at: number
  series: number
  place: number
  key: string
}

export const rankOf = (kind: EventKind): number => ranks[kind] ?? ranks.shown
const ranks: { readonly [kind: string]: number; readonly shown: number } = { line: 0, point: 1, shown: 2 }

export const isKey = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)

/** Before every other. */
const noKey = '00000000-0000-0000-0000-000000000000'

export const isPosition = (value: unknown[]): value is Position =>
  value.length >= 4 &&
  value.length <= 5 &&
  value.slice(0, 4).every((part) => typeof part === 'number') &&
  isKey(value[4] ?? noKey) &&
  value.slice(1, 3).every(Number.isSafeInteger) &&
  (value[1] === ranks.shown || Number.isSafeInteger(value[3]))

export function boundOf(after: Position | null, rank: number, newestFirst: boolean): Bound {
  if (!after) return { at: newestFirst ? Infinity : -Infinity, series: 0, place: 0, key: noKey }
  const [at, itsRank, series, place, key] = after
  if (rank === itsRank) return { at, series, place, key: key ?? noKey }
  // Of that time all or nothing is left.
  return rank > itsRank
    ? { at, series: -1, place: -1, key: noKey }
    : { at, series: Number.MAX_SAFE_INTEGER, place: Number.MAX_SAFE_INTEGER, key: noKey }
}

export function comparePositions(one: Position, other: Position): number {
  for (const part of [0, 1, 2, 3] as const) if (one[part] !== other[part]) return one[part] - other[part]
  const [key, otherKey] = [one[4] ?? noKey, other[4] ?? noKey]
  return key < otherKey ? -1 : Number(key > otherKey)
}
