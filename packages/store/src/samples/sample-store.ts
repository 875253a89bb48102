import type { QueueSample, SampleStore, TimeRange } from '@inferq/domain'
import { sql } from 'kysely'
import type { Db } from '../server/server.ts'
import { idOf, isId, jsonRows, storable } from '../sql-text.ts'

export const createSampleStore = (db: Db): SampleStore => ({
  async addQueueSamples(samples) {
    const rows = samples
      .filter((sample) => isId(sample.queueId))
      .map(({ queueId, at, averageWaitSeconds, entries }) => ({ queueId, at, averageWaitSeconds, entries }))
    // A queue that was deleted meanwhile has no figures.
    await sql`
      insert into queue_samples (queue_id, at, average_wait, entries)
      select queues.id, s.at, s."averageWaitSeconds", s.entries
      from json_to_recordset(${jsonRows(rows)}::json) as s (
        "queueId" uuid, at timestamptz, "averageWaitSeconds" float8, entries int
      ) join queues on queues.id = s."queueId"`.execute(db)
  },

  async readQueueSamples(queueIds, range) {
    const { rows } = await sql<{ queue_id: string; bucket: Date; average_wait: number; entries: number }>`
      select distinct on (queue_id, bucket) queue_id, ${bucketOf(range)} as bucket, average_wait, entries
      from queue_samples
      where queue_id = any(${queueIds.filter(isId)}::uuid[]) and ${within(range)}
      order by queue_id, bucket, average_wait desc, entries desc`.execute(db)
    return rows.map(
      (row): QueueSample => ({
        queueId: idOf(row.queue_id),
        at: row.bucket,
        averageWaitSeconds: row.average_wait,
        entries: row.entries,
      }),
    )
  },

  async addWorkerSamples(samples) {
    await sql`
      insert into worker_samples (company, worker, at, metric, variant, value, task)
      select company, worker, at, metric, variant, value, task
      from json_to_recordset(${jsonRows(samples)}::json) as s (
        company text, worker text, at timestamptz, metric text, variant text, value float8, task text
      )`.execute(db)
  },

  async listMetrics(company, workers) {
    const { rows } = await sql<{ metric: string }>`
      select distinct metric from worker_samples
      where company = ${company} and ${ofWorkers(workers)} order by metric`.execute(db)
    return rows.map((row) => row.metric)
  },

  async aggregate({ company, workers, metric, aggregation, splitByVariant, range }) {
    const { rows } = await sql<{ worker: string; variant: string; at: Date; value: number }>`
      select worker, ${splitByVariant ? sql`variant` : sql`'all'`} as variant, ${bucketOf(range)} as at,
        ${aggregates[aggregation]} as value
      from worker_samples
      where company = ${company} and metric = ${storable(metric)} and ${ofWorkers(workers)} and ${within(range)}
      group by 1, 2, 3 order by 1, 2, 3`.execute(db)
    return rows
  },

  async countActive(company, range) {
    const { rows } = await sql<{ at: Date; total: number; active: number }>`
      select ${bucketOf(range)} as at, count(distinct worker)::int as total,
        (count(distinct worker) filter (where task is not null))::int as active
      from worker_samples where company = ${company} and ${within(range)}
      group by 1 order by 1`.execute(db)
    return rows
  },

  async dropOlderThan(ms) {
    for (const table of ['queue_samples', 'worker_samples'] as const) {
      await db.deleteFrom(table).where('at', '<', sql<Date>`now() - ${ms}::float8 * interval '1 millisecond'`).execute()
    }
  },
})

const aggregates = { avg: sql`avg(value)`, min: sql`min(value)`, max: sql`max(value)` }

const bucketOf = ({ from, intervalSeconds }: TimeRange) =>
  sql<Date>`date_bin(${intervalSeconds}::float8 * interval '1 second', at, ${from}::timestamptz)`

const within = ({ from, to }: TimeRange) => sql`at >= ${from}::timestamptz and at < ${to}::timestamptz`

/** None named: all of them. */
const ofWorkers = (workers: readonly string[]) =>
  sql`(${workers.length === 0}::bool or worker = any(${workers.map(storable)}::text[]))`
