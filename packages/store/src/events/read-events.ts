import type { EventStore } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { byIndex } from './by-index.ts'
import { countEvents } from './count-events.ts'
import { fromCursor, toCursor } from './cursor.ts'
import { pageOfLines } from './page-of-lines.ts'
import { pageOfPoints } from './page-of-points.ts'
import { pageOfShown } from './page-of-shown.ts'
import { boundOf, comparePositions, isPosition, rankOf } from './positions.ts'
import { inFilter } from './series-filter.ts'
import { streamOf } from './streams.ts'
import { findSuperseded, type Superseded } from './superseded.ts'

/** A page of each kind, and of all of these the ones that come first. */
export const eventReader =
  (db: Db): EventStore['readEvents'] =>
  async (subject, { kinds, filter, newestFirst, cursor, limit }) => {
    const after = fromCursor(cursor, isPosition)
    const shown = kinds.filter((kind) => kind !== 'line' && kind !== 'point')
    const pageFrom = (rank: number) => ({
      subject,
      filter,
      newestFirst,
      bound: boundOf(after, rank, newestFirst),
      limit: limit + 1,
    })
    const { pages, total } = await byIndex(db, async (transaction) => {
      const ofSubject = sql`stream = ${streamOf(subject)} and ${inFilter(filter)}`
      const superseded: Superseded = kinds.includes('point') ? await findSuperseded(transaction, ofSubject) : new Map()
      const pages = [
        kinds.includes('line') ? await pageOfLines(transaction, pageFrom(rankOf('line'))) : [],
        kinds.includes('point') ? await pageOfPoints(transaction, pageFrom(rankOf('point')), superseded) : [],
        shown.length > 0 ? await pageOfShown(transaction, { ...pageFrom(rankOf('plot')), kinds: shown }) : [],
      ]
      const total = await countEvents(transaction, subject, kinds, filter)
      return { pages, total: [...superseded.values()].reduce((left, { size }) => left - size, total) }
    })
    const sign = newestFirst ? -1 : 1
    const merged = pages.flat().sort((a, b) => sign * comparePositions(a.position, b.position))
    const page = merged.slice(0, limit)
    const last = page.at(-1)
    return {
      events: page.map(({ event }) => event),
      cursor: last && merged.length > limit ? toCursor(last.position) : null,
      total,
    }
  }
