import type { DbTime, DetailedChanges, Document, TaskEvent } from '@inferq/domain'
import { sql, type UpdateObject } from 'kysely'
import { jsonText, storable } from '../sql-text.ts'
import type { Tables } from '../tables.ts'

/**
 * The same wherever one statement asks. Not `now()`: that is when the transaction began, and one that waited for a row
 * began before the change that it waited for.
 */
export const dbTime = sql<Date>`statement_timestamp()`

/** What a change sets, as columns; an undefined one is left alone. */
export const changedColumns = (changes: DetailedChanges): UpdateObject<Tables, 'tasks'> => ({
  status: changes.status,
  status_changed_at: timeOf(changes.statusChangedAt),
  status_reason: textOf(changes.statusReason),
  status_message: textOf(changes.statusMessage),
  company: textOf(changes.company),
  user_id: textOf(changes.user),
  name: textOf(changes.name),
  job: textOf(changes.job),
  queue_id: changes.queueId,
  priority: changes.priority,
  tags: listOf(changes.tags),
  run: changes.run,
  step: changes.step,
  attempts_allowed: changes.attemptsAllowed,
  input: changes.input && sql`${changes.input}::text::json`,
  input_key: textOf(changes.inputKey),
  result: changes.result,
  result_key: changes.resultKey,
  error: changes.error && jsonb(changes.error),
  progress: changes.progress,
  timings: changes.timings,
  worker: textOf(changes.worker),
  next_attempt_at: changes.nextAttemptAt,
  enqueue_status: changes.enqueueStatus,
  created_at: changes.createdAt,
  queued_at: timeOf(changes.queuedAt),
  started_at: timeOf(changes.startedAt),
  completed_at: timeOf(changes.completedAt),
  published_at: timeOf(changes.publishedAt),
  expires_at: changes.expiresAt,
  worker_reported_at: timeOf(changes.workerReportedAt),
  lease_until: leaseOf(changes.leaseUntil),
  ...detailColumns(changes),
  // Whoever queues it puts it in line.
  withdrawn: changes.withdrawn ?? (changes.status === 'queued' ? false : undefined),
})

type Details = Pick<DetailedChanges, Exclude<keyof DetailedChanges, 'leaseUntil' | 'workerReportedAt'>>

export const detailColumns = (details: Details) => ({
  type: textOf(details.type),
  comment: textOf(details.comment),
  project: details.project,
  parent: textOf(details.parent),
  system_tags: listOf(details.systemTags),
  script: documentOf(details.script),
  execution: documentOf(details.execution),
  container: documentOf(details.container),
  models: documentOf(details.models),
  output: documentOf(details.output),
  hyperparams: documentOf(details.hyperparams),
  configuration: documentOf(details.configuration),
  runtime: documentOf(details.runtime),
  last_metrics: documentOf(details.lastMetrics),
  last_iteration: details.lastIteration,
  active_seconds: details.activeSeconds,
  changed_by: textOf(details.changedBy),
  company_origin: textOf(details.companyOrigin),
  taken_by: textOf(details.takenBy),
})

/** The list of events with one more, which says what the row is after this very change. */
export function appendedEvent(
  event: Omit<TaskEvent, 'at' | 'status' | 'run'>,
  { run, status }: Pick<DetailedChanges, 'run' | 'status'>,
) {
  const runAfter = run === undefined ? sql`tasks.run` : sql`${run}::int`
  const statusAfter = status === undefined ? sql`tasks.status` : sql`${status}::text`
  return sql<string>`tasks.events || jsonb_build_array(${jsonb(event)} || jsonb_build_object(
    'at', round(extract(epoch from ${dbTime}) * 1000), 'run', ${runAfter}, 'status', ${statusAfter}
  ))`
}

const timeOf = (time: DbTime | undefined) => (time === 'now' ? dbTime : time)

const leaseOf = (lease: DetailedChanges['leaseUntil']) =>
  lease && sql<Date>`${dbTime} + ${lease.secondsFromNow}::float8 * interval '1 second'`

const jsonb = (value: object) => sql<string>`${jsonText(value)}::text::jsonb`

function textOf<T extends string | null | undefined>(text: T) {
  return typeof text === 'string' ? storable(text) : text
}

const listOf = (texts: readonly string[] | undefined) => texts && sql<string[]>`${texts.map(storable)}::text[]`

const documentOf = (document: Document | null | undefined) => document && jsonb(document)
