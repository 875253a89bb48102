import { storable } from '../sql-text.ts'

export interface SeriesNames {
  metric: string
  variant: string
}

export interface Grouped<T> extends SeriesNames {
  events: T[]
}

export const seriesKey = ({ metric, variant }: SeriesNames): string => JSON.stringify([metric, variant])

/** By the names as they can be stored: two that then are the same name one series. */
export function groupBySeries<T extends SeriesNames>(events: readonly T[]): Map<string, Grouped<T>> {
  const groups = new Map<string, Grouped<T>>()
  for (const event of events) {
    const names = { metric: storable(event.metric), variant: storable(event.variant) }
    const key = seriesKey(names)
    const group = groups.get(key)
    if (group) group.events.push(event)
    else groups.set(key, { ...names, events: [event] })
  }
  return groups
}
