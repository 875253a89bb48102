import type { EventStore, SeriesFilter, ShownEvent } from '@inferq/domain'
import { compareText } from '../document/compare-text.ts'
import { maxPage } from './limits.ts'

export interface ImageIteration {
  iteration: number
  /** By metric, variant and time. */
  images: readonly ShownEvent[]
}

interface ImageQuery {
  filter?: readonly SeriesFilter[]
  from: number | null
  direction: 'earlier' | 'later'
  /** How many. */
  iterations: number
}

/** The iterations with images that come next in a direction, whichever metrics have one there; the newest first. */
export async function readImageIterations(
  events: EventStore,
  subject: string,
  query: ImageQuery,
): Promise<ImageIteration[]> {
  const { direction, iterations } = query
  const nearest = direction === 'earlier' ? descending : ascending
  let found = new Map<number, ShownEvent[]>()
  let cursor: string | null = null
  do {
    // The next iterations of all are among the next ones of each metric and variant.
    const page = await events.readShown(subject, { kind: 'image', ...query, cursor, limit: maxPage })
    for (const image of page.events) {
      const present = found.get(image.iteration)
      if (present) present.push(image)
      else found.set(image.iteration, [image])
    }
    found = new Map([...found].sort(nearest).slice(0, iterations))
    cursor = page.cursor
  } while (cursor !== null)
  return [...found].sort(descending).map(([iteration, images]) => ({ iteration, images: images.sort(byName) }))
}

type Entry = [iteration: number, images: ShownEvent[]]
const ascending = ([one]: Entry, [other]: Entry) => one - other
const descending = ([one]: Entry, [other]: Entry) => other - one

const byName = (one: ShownEvent, other: ShownEvent) =>
  compareText(one.metric, other.metric) ||
  compareText(one.variant, other.variant) ||
  one.at.getTime() - other.at.getTime()
