import { withClient } from './postgres-client.ts'

export interface MixedTasks {
  company: string
  count: number
}

/**
 * Fills a migrated database as some months of use would: half of the tasks are native ones that have finished, a few
 * that failed or wait; the others are experiments of people, with projects, tags, parameters, comments and metrics.
 */
export async function loadMixedTasks(databaseUrl: string, { company, count }: MixedTasks): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await client.query(projects, [company])
    await client.query(queues, [company])
    await client.query(tasks, [company, count])
    // What the planner knows of a table that has stood for a while.
    await client.query('vacuum analyze tasks, task_parameters, projects, queues')
  })
}

/** The ids that `loadMixedTasks` gives: of the tasks in the order of `n`, which ends with the newest. */
export const mixedProjectId = (n: number): string => n.toString(16).padStart(32, '0')
export const mixedQueueId = (n: number): string => `f${n.toString(16).padStart(31, '0')}`
export const mixedTaskId = (n: number): string =>
  `${(0x01_90_00_00_00_00 + n).toString(16).padStart(12, '0')}${'7'.padEnd(20, '8')}`

const projects = `
  insert into projects (id, company, user_id, name)
  select lpad(to_hex(n), 32, '0')::uuid, $1, 'user', 'group ' || n % 5 || '/project ' || n
  from generate_series(1, 50) n`

const queues = `
  insert into queues (id, company, name)
  select ('f' || lpad(to_hex(n), 31, '0'))::uuid, $1, 'queue ' || n from generate_series(1, 10) n`

const tasks = `
  insert into tasks (
    id, company, user_id, name, job, status, queue_id, priority, tags, run, attempts_allowed, input, created_at,
    queued_at, started_at, completed_at, status_changed_at, updated_at, type, comment, project, parent, system_tags,
    script, models, hyperparams, last_metrics, last_iteration
  )
  select
    (lpad(to_hex(x'019000000000'::bigint + n), 12, '0') || rpad('7', 20, '8'))::uuid,
    case when n % 100 = 0 then '' else $1 end,
    'user ' || n % 7,
    case when native then job else 'experiment ' || animal || ' ' || md5(n::text) end,
    case when native then job end,
    case
      when native then case when n % 50 = 1 then 'failed' when n % 50 = 3 then 'queued' else 'completed' end
      else (array['created', 'queued', 'in_progress', 'stopped', 'completed', 'published', 'failed'])[
        case when n % 500 = 2 then 3 else 1 + (n / 2) % 7 + ((n / 2) % 7 = 2)::int end]
    end,
    ('f' || lpad(to_hex(1 + n % 10), 31, '0'))::uuid, 100,
    case when native or n % 3 = 0 then '{}' else array['tag ' || n % 20, 'batch ' || n / 200] end,
    1, 3, case when native then '{"texts":["a"]}'::json end,
    at, at, at + interval '1 second', at + interval '1 minute', at + interval '1 minute',
    at + (1 + n % 1000) * interval '1 minute',
    case when native then 'inference' else (array['training', 'testing', 'data_processing'])[1 + n % 3] end,
    case when not native and n % 4 = 0 then 'a comment about the ' || animal || ' of run ' || n end,
    case when not native then lpad(to_hex(1 + n / 2 % 50), 32, '0')::uuid end,
    case when not native and n % 8 = 0
      then lpad(to_hex(x'019000000000'::bigint + n / 40 * 40), 12, '0') || rpad('7', 20, '8') end,
    case when not native and n % 10 = 0 then '{archived}' when not native and n % 99 = 0 then '{hidden}' else '{}' end::text[],
    case when not native then '{"repository":"https://example.com/models.git","entry_point":"train.py"}'::jsonb end,
    case when not native and n % 20 = 0
      then jsonb_build_object('input', jsonb_build_array(jsonb_build_object('name', 'base', 'model', md5((n % 100)::text)))) end,
    case when not native and n % 5 > 1 then jsonb_build_object('Args', jsonb_build_object(
      'lr', jsonb_build_object('section', 'Args', 'name', 'lr', 'value', (n % 977 * 0.001)::text),
      'optimizer', jsonb_build_object('section', 'Args', 'name', 'optimizer', 'value', (array['adam', 'sgd'])[1 + n % 2]),
      'seed', jsonb_build_object('section', 'Args', 'name', 'seed', 'value', n::text)
    )) end,
    case when not native and n % 3 = 0 then jsonb_build_object(md5('loss'), jsonb_build_object(
      md5('train'), jsonb_build_object('value', n % 1013 * 0.01)
    )) end,
    n % 100
  from generate_series(1, $2::int) n,
    lateral (select n % 2 = 1 as native, (array['embed.text', 'embed.image', 'classify.image'])[1 + n % 3] as job,
      (array['otter', 'heron', 'badger', 'lynx', 'newt'])[1 + n / 2 % 5] as animal,
      now() - interval '100 days' + n * interval '100 days' / $2::int as at) as kind`
