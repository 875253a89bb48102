import type { ShownEvent } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { jsonRows, jsonText, storable } from '../sql-text.ts'
import { slices } from './slices.ts'

/** Replaces what is there of the same iteration and key, unless that is of a later time. */
export async function addShown(transaction: Db, stream: number, events: readonly ShownEvent[]): Promise<void> {
  for (const slice of slices([...newestOfEach(events)])) {
    const rows = jsonRows(slice)
    await sql`
      insert into shown_series (stream, kind, metric, variant)
      select distinct ${stream}::bigint, kind, metric, variant
      from json_to_recordset(${rows}::json) as given (kind text, metric text, variant text)
      on conflict do nothing`.execute(transaction)
    await sql`
      insert into shown_events (series, iteration, at, worker, content)
      select s.id, given.iteration, given.at, given.worker, given.content::jsonb
      from json_to_recordset(${rows}::json) as given (
        kind text, metric text, variant text, iteration float8, at float8, worker text, content text
      )
      join shown_series s on s.stream = ${stream} and s.kind = given.kind
        and s.name = series_name(given.metric, given.variant)
      on conflict (series, iteration, key) do update
      set at = excluded.at, worker = excluded.worker, content = excluded.content
      where shown_events.at <= excluded.at`.execute(transaction)
  }
}

/** One statement may write a row only once. */
function newestOfEach(events: readonly ShownEvent[]) {
  const newest = new Map<string, ReturnType<typeof rowOf>>()
  for (const event of events) {
    const row = rowOf(event)
    const itsKey = storable(String(event.content.key ?? ''))
    const key = JSON.stringify([row.kind, row.metric, row.variant, row.iteration, itsKey])
    const other = newest.get(key)
    if (!other || other.at <= row.at) newest.set(key, row)
  }
  return newest.values()
}

const rowOf = ({ kind, metric, variant, iteration, at, worker, content }: ShownEvent) => ({
  kind,
  metric: storable(metric),
  variant: storable(variant),
  iteration,
  at: at.getTime(),
  worker,
  content: jsonText(content),
})
