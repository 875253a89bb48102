import type { EventStore } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { byIndex } from './by-index.ts'
import { streamOf } from './streams.ts'

/** Of one time; further ones are left out, since nothing but memory bounds their number. */
const mostTies = 10_000

export interface LineRow {
  at: number
  number: number
  worker: string
  level: string
  message: string
}

export const lineOf = ({ at, worker, level, message }: LineRow) => ({ at: new Date(at), worker, level, message })

export const lineReader =
  (db: Db): EventStore['readLines'] =>
  async (subject, { from, direction, limit }) => {
    const total = await countLines(db, subject)
    if (total === 0) return { lines: [], total }
    const earlier = direction === 'earlier'
    const way = earlier ? sql`desc` : sql`asc`
    const beyond = earlier ? sql`<` : sql`>`
    const start = from?.getTime() ?? (earlier ? Infinity : -Infinity)
    const page = sql<LineRow>`
      with page as materialized (
        select * from log_lines where stream = ${streamOf(subject)} and at ${beyond} ${start}::float8
        order by at ${way}, number ${way} limit ${limit}
      ), last as (
        select stream, at, number from page order by at ${way} , number ${way} offset ${Math.max(limit - 1, 0)} limit 1
      ), ties as (
        select line.* from last, lateral (
          select * from log_lines
          where stream = last.stream and at = last.at and number ${beyond} last.number
          order by number ${way} limit ${mostTies}
        ) line
      )
      select at, number::float8 as number, worker, level, message
      from (select * from page union all select * from ties) line
      order by at ${way}, number ${way}`
    const { rows } = await byIndex(db, (transaction) => page.execute(transaction))
    return { lines: rows.map(lineOf), total }
  }

export async function countLines(db: Db, subject: string): Promise<number> {
  const { rows } = await sql<{ lines: number }>`
    select lines::float8 as lines from event_streams where id = ${streamOf(subject)}`.execute(db)
  return rows[0]?.lines ?? 0
}
