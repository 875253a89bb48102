-- 0003 search: what makes a question about many tasks cost a page of them. Inserting a task of a producer, which bears
-- its job's name and has no details, writes into none of these indexes.

create extension if not exists pg_trgm;

-- The number that a text says, or null. So many digits and no more, so that none is out of range.
create function number_or_null(value text) returns double precision
  language sql immutable strict parallel safe
  return case
    when value ~ '^[-+]?([0-9]{1,20}(\.[0-9]{0,40})?|\.[0-9]{1,40})([eE][-+]?([0-9]{1,2}|1[0-9]{2}|2[0-4][0-9]))?$'
    then value::double precision
  end;

-- A text that sorts as people count: each row of digits is filled up with zeros. Short enough for an index.
create function natural_text(value text) returns text
  language sql immutable strict parallel safe
  return left(regexp_replace(
    regexp_replace(lower(left(value, 200)), '([0-9]+)', repeat('0', 20) || '\1', 'g'),
    '0*([0-9]{20})(?![0-9])', '\1', 'g'
  ), 1000);

-- The dictionary would take `a.b`, `a/b` and `a-b` for hosts, paths and compounds, and find none of their parts.
create function search_words(value text) returns text
  language sql immutable strict parallel safe
  return translate(left(value, 100000), '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~', repeat(' ', 32));

-- What full text search finds in a task, by weight: name, comment, models, script. Not in SQL: its body would then be
-- planned again with every batch of tasks that is inserted, of which most have no text.
create function task_search_text(name text, comment text, models jsonb, script jsonb, job text) returns tsvector
  language plpgsql immutable parallel safe as $$
begin
  return setweight(to_tsvector('pg_catalog.english', coalesce(search_words(name), '')), 'A')
    || setweight(to_tsvector('pg_catalog.english', coalesce(search_words(comment), '')), 'B')
    || setweight(to_tsvector('pg_catalog.english',
         coalesce(search_words(jsonb_path_query_array(models, '$.*[*].model')::text), '')), 'C')
    || setweight(to_tsvector('pg_catalog.english', coalesce(search_words(case
         when job is null then concat_ws(' ', script ->> 'repository', script ->> 'entry_point')
         else 'inferq ' || job
       end), '')), 'D');
end $$;

alter table tasks
  -- When a task that is not in motion was last changed: the same as updated_at then, which no index may name, since
  -- every report of progress moves it. In motion are tasks that run, and those of producers that wait as they were
  -- queued. So of a producer's task nothing is written into the indexes of settled ones before it has ended.
  add column settled_at timestamptz(3) generated always as (case
    when status = 'in_progress' then null
    when status = 'queued' and job is not null and queue_id is not null and company <> '' and updated_at = queued_at
    then null
    else updated_at
  end) stored,
  -- Null where there is nothing but the name of the job.
  add column search_text tsvector generated always as (case
    when name is distinct from job or comment is not null or models is not null or script is not null
    then task_search_text(name, comment, models, script, job)
  end) stored;

create index tasks_settled on tasks (company, settled_at) where settled_at is not null;
create index tasks_queue on tasks (queue_id, id) where settled_at is not null;
create index tasks_job on tasks (company, job, user_id) where job is not null and settled_at is not null;

create index tasks_user on tasks (user_id) where job is null;
create index tasks_project on tasks (project, settled_at) where project is not null;
create index tasks_types on tasks (type, company, project)
  where type <> 'inference' or job is null or project is not null;
create index tasks_tags on tasks using gin (tags) with (gin_pending_list_limit = 256) where tags <> '{}';
create index tasks_system_tags on tasks using gin (system_tags) with (gin_pending_list_limit = 256)
  where system_tags <> '{}';
create index tasks_models on tasks using gin (models jsonb_path_ops) with (gin_pending_list_limit = 256)
  where models is not null;
create index tasks_edited on tasks (company, edited_at) where edited_at is not null;
-- Whole names are looked for most of all; a long one would be too large for a btree.
create index tasks_whole_name on tasks (company, left(name, 100)) where name is distinct from job;
create index tasks_name on tasks using gin (name gin_trgm_ops) with (gin_pending_list_limit = 256)
  where name is distinct from job;
create index tasks_comment on tasks using gin (comment gin_trgm_ops) with (gin_pending_list_limit = 256)
  where comment is not null;
create index tasks_text on tasks using gin (search_text) with (gin_pending_list_limit = 256)
  where search_text is not null;

-- The values of all parameters of all tasks, kept by the triggers below. `parameter` says whose, which section and
-- which name; `number` is set or else `sort`, and together they order as people count.
create table task_parameters (
  task_id   uuid not null,
  parameter uuid not null,
  -- The beginning of a long one.
  value     text not null,
  number    double precision,
  sort      text collate "C",
  primary key (task_id, parameter)
);
create index task_parameters_value on task_parameters (parameter, value);
create index task_parameters_order on task_parameters (parameter, number, sort, task_id);

create function parameter_key(company text, section text, name text) returns uuid
  language sql immutable strict parallel safe
  return md5(company || ' ' || length(section)::text || ' ' || section || name)::uuid;

create function parameters_of(company text, hyperparams jsonb)
  returns table (parameter uuid, value text, number double precision, sort text)
  language sql immutable parallel safe as $$
  select parameter_key(company, section.key, item.key), left(text, 200), number_or_null(text),
    case when number_or_null(text) is null then natural_text(text) end
  from jsonb_each(case when jsonb_typeof(hyperparams) = 'object' then hyperparams end) as section,
    jsonb_each(case when jsonb_typeof(section.value) = 'object' then section.value end) as item,
    coalesce(item.value ->> 'value', '') as text
  where text <> ''
$$;

create function keep_task_parameters() returns trigger language plpgsql as $$
begin
  delete from task_parameters p where p.task_id = new.id and not exists (
    select from parameters_of(new.company, new.hyperparams) now
    where now.parameter = p.parameter and now.value = p.value
  );
  insert into task_parameters (task_id, parameter, value, number, sort)
    select new.id, now.* from parameters_of(new.company, new.hyperparams) now
    on conflict do nothing;
  return null;
end $$;

create function drop_task_parameters() returns trigger language plpgsql as $$
begin
  delete from task_parameters where task_id = old.id;
  return null;
end $$;

-- Their conditions are looked at before anything is done for a row: a task without parameters costs nothing.
create trigger task_parameters_of_new after insert on tasks
  for each row when (new.hyperparams is not null)
  execute function keep_task_parameters();
create trigger task_parameters_of_changed after update of hyperparams, company on tasks
  for each row when (
    (old.hyperparams, old.company) is distinct from (new.hyperparams, new.company)
    and (old.hyperparams is not null or new.hyperparams is not null)
  )
  execute function keep_task_parameters();
create trigger task_parameters_of_deleted after delete on tasks
  for each row when (old.hyperparams is not null)
  execute function drop_task_parameters();

insert into task_parameters (task_id, parameter, value, number, sort)
  select tasks.id, now.* from tasks, parameters_of(tasks.company, tasks.hyperparams) now
  where tasks.hyperparams is not null;
