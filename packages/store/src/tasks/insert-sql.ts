/** The drafts as rows. Inputs come as strings and not as nested JSON: nothing in one can pass for a column of the row. */
const draftRows = `json_to_recordset($1::json) as d (
  id uuid, company text, user_id text, name text, job text, queue_id uuid, priority int, tags text[],
  attempts_allowed int, input text, input_key text, traceparent text, expires_in int,
  place int, key text, body_hash text, draft text
)`

const columns = `id, company, user_id, name, job, status, queue_id, priority, tags, run, attempts_allowed, input,
  input_key, traceparent, events, queued_at, expires_at`

const values = `d.id, d.company, d.user_id, d.name, d.job, 'queued', d.queue_id, d.priority, d.tags, 1,
  d.attempts_allowed, d.input::json, d.input_key, d.traceparent, (select list from first_event), now(),
  now() + d.expires_in * interval '1 second'`

/** The same for every row of a statement, so it is made once. */
const firstEvent = `first_event as (
  select jsonb_build_array(jsonb_build_object(
    'type', 'queued', 'at', round(extract(epoch from now()) * 1000), 'run', 1, 'status', 'queued'
  )) as list
)`

/** The common case. $1: rows. */
export const insertTasks = `
with ${firstEvent}
insert into tasks (${columns})
select ${values} from ${draftRows}
returning id, number, created_at`

/**
 * The same, where a row that has a key is inserted only if it is the first with it. In the order of the keys: two
 * batches that share keys would wait for each other otherwise. A second insert of a key waits until the first one's
 * transaction has ended.
 */
export const insertTasksWithKeys = `
with ${firstEvent},
d as materialized (select * from ${draftRows}),
claimed as (
  insert into idempotency_keys (company, key, body_hash, task_id, number, draft)
  select company, key, body_hash, id, nextval('tasks_number_seq'), draft::json
  from d where key is not null order by company, key, place
  on conflict do nothing
  returning task_id, number
)
insert into tasks (number, ${columns})
select coalesce(claimed.number, nextval('tasks_number_seq')), ${values}
from d left join claimed on claimed.task_id = d.id
where d.key is null or claimed.task_id is not null
returning id, number, created_at`

/** Who came first with these keys. $1: rows of company and key. */
export const findKeys = `
select k.company, k.key, k.body_hash, k.number, k.draft, k.created_at
from json_to_recordset($1::json) as d (company text, key text)
join idempotency_keys k on k.company = d.company and k.key = d.key`
