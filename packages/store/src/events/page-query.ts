import type { AnyEvent, SeriesFilter } from '@inferq/domain'
import type { Bound, Position } from './positions.ts'

/** A page of the events of one rank. */
export interface PageQuery {
  subject: string
  filter: readonly SeriesFilter[] | undefined
  newestFirst: boolean
  bound: Bound
  limit: number
}

export interface Placed {
  position: Position
  event: AnyEvent
}
