import { liveStatuses } from '@inferq/contracts'
import { sourcesOf } from '@inferq/domain'

/** Every outcome says that its run was started, so it is recorded wherever a run may be started that has not ended. */
const sources = liveStatuses
  .filter((status) => sourcesOf('start').includes(status))
  .map((status) => `'${status}'`)
  .join(', ')

/**
 * $1: patches as rows; $2: how many, which the planner cannot see in them. First locks the rows that may still be moved, in the order of their ids, so that recorders with
 * overlapping batches wait for each other in turn; a row that another one moved meanwhile is looked at again. Then
 * writes them. Answers the written rows, each with whether it was still queued.
 */
export const recordOutcomes = `
with o as materialized (
  select p.*, t.status as old_status
  from (
    select * from json_to_recordset($1::json) as p (
      id uuid, run int, step int, repeatable bool, wins bool, status text, status_reason text, worker text,
      started_at float8, progress jsonb, error jsonb, next_attempt_at float8, result text, result_key text,
      timings jsonb, events jsonb
    ) order by id limit $2
  ) p
  -- Row by row. As a plain join the planner may read everything that waits instead, to find the few in the batch.
  cross join lateral (
    select status from tasks
    where tasks.id = p.id
      and tasks.run = p.run
      and tasks.job is not null
      and tasks.status in (${sources})
      and (p.step > tasks.step or (p.repeatable and p.step = tasks.step) or p.wins)
    for no key update
  ) t
)
update tasks t set
  status = o.status,
  status_reason = case
    when o.status <> 'in_progress' or o.next_attempt_at is not null then o.status_reason else t.status_reason end,
  -- A task that runs on may be waiting for its stop.
  status_message = case when o.status <> 'in_progress' then '' else t.status_message end,
  status_changed_at = case when o.status <> t.status then now() else t.status_changed_at end,
  step = greatest(t.step, o.step),
  worker = o.worker,
  progress = coalesce(o.progress, t.progress),
  error = case when o.status = 'completed' then null else coalesce(o.error, t.error) end,
  next_attempt_at = to_timestamp(o.next_attempt_at / 1000),
  result = coalesce(o.result::json, t.result),
  result_key = coalesce(o.result_key, t.result_key),
  timings = coalesce(o.timings, t.timings),
  events = t.events || o.events,
  started_at = coalesce(t.started_at, to_timestamp(o.started_at / 1000)),
  completed_at = case when o.status <> 'in_progress' then now() else t.completed_at end,
  updated_at = now()
from o
where t.id = o.id
returning t.id, t.run, t.company, (select name from queues where queues.id = t.queue_id) as queue, t.job, t.status,
  o.old_status = 'queued' as first_start, t.queued_at, t.started_at`
