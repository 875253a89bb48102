-- 0002 what people and agents keep on tasks: details, projects, models, the agents' line, and figures over time.

create table projects (
  id          uuid primary key default gen_random_uuid(),
  -- Empty: public.
  company     text not null,
  user_id     text not null,
  -- The whole path.
  name        text not null,
  description text not null default '',
  tags        text[] not null default '{}',
  system_tags text[] not null default '{}',
  default_output_destination text,
  parent      uuid references projects,
  created_at  timestamptz(3) not null default now(),
  updated_at  timestamptz(3) not null default now(),
  unique (company, name)
);
create index projects_parent on projects (parent);

create table models (
  id          uuid primary key,
  company     text not null,
  user_id     text not null,
  name        text not null,
  uri         text not null,
  framework   text,
  -- No reference: it may say __DELETED__ and what the id was.
  task        text,
  parent      text,
  project     uuid references projects on delete set null,
  ready       boolean not null default false,
  labels      jsonb not null default '{}',
  design      jsonb not null default '{}',
  tags        text[] not null default '{}',
  system_tags text[] not null default '{}',
  comment     text not null default '',
  metadata    jsonb not null default '{}',
  created_at  timestamptz(3) not null default now(),
  updated_at  timestamptz(3) not null default now()
);
create index models_company on models (company, id);
create index models_task on models (task);

-- All of these are null or their default on a task of a producer, so they cost its row next to nothing.
alter table tasks
  add column type               text not null default 'inference',
  add column comment            text,
  add column project            uuid references projects on delete set null,
  add column parent             text,
  add column system_tags        text[] not null default '{}',
  add column script             jsonb,
  add column execution          jsonb,
  add column container          jsonb,
  add column models             jsonb,
  add column output             jsonb,
  add column hyperparams        jsonb,
  add column configuration      jsonb,
  add column runtime            jsonb,
  add column last_metrics       jsonb,
  add column last_iteration     bigint not null default 0,
  add column active_seconds     integer,
  add column worker_reported_at timestamptz(3),
  add column edited_at          timestamptz(3),
  add column changed_by         text,
  add column company_origin     text,
  add column lease_until        timestamptz(3),
  add column withdrawn          boolean not null default false,
  -- A task that was made and not yet enqueued has never changed its status.
  alter column status_changed_at drop not null;

-- No index names updated_at, also not for a few rows only: every report of progress sets it, and would then write an
-- entry into all indexes of its row.
create index tasks_leased on tasks (lease_until) where lease_until is not null;
-- What runs and no worker of ours has: agents' tasks, and what a client started by hand.
create index tasks_running_elsewhere on tasks (id) where status = 'in_progress' and (job is null or queued_at is null);
create index tasks_parent on tasks (parent) where parent is not null;

alter table queues
  add column display_name text,
  add column tags         text[] not null default '{}',
  add column system_tags  text[] not null default '{}',
  add column metadata     jsonb not null default '{}',
  add column updated_at   timestamptz(3) not null default now();

-- The line from which agents pull. An entry is not a task: one may be in line without being queued, and the other way
-- round, as ClearML's queues have it. So a task here needs no row either.
create sequence queue_entries_position;
create table queue_entries (
  queue_id uuid not null references queues on delete cascade,
  task_id  uuid not null,
  -- A fraction where it was moved between two others, whose rows then need not change.
  position numeric not null default nextval('queue_entries_position'),
  added_at timestamptz(3) not null default now(),
  primary key (queue_id, task_id)
);
create index queue_entries_line on queue_entries (queue_id, position, task_id);
create index queue_entries_task on queue_entries (task_id);

alter table users
  add column role        text not null default 'user' check (role in (
    'system', 'root', 'admin', 'superuser', 'user', 'annotator', 'guest'
  )),
  add column email       text,
  add column given_name  text,
  add column family_name text,
  add column avatar      text;
-- Whoever was there first runs the server.
update users set role = 'admin' where id in (select distinct on (company) id from users order by company, created_at, id);

alter table credentials
  add column last_used_at   timestamptz(3),
  add column last_used_from text;

create table signing_keys (
  name       text primary key,
  key        bytea not null,
  created_at timestamptz(3) not null default now()
);

create table revoked_sessions (
  id    text primary key,
  until timestamptz(3) not null
);

create table queue_samples (
  queue_id     uuid not null references queues on delete cascade,
  at           timestamptz(3) not null,
  average_wait double precision not null,
  entries      integer not null
);
create index queue_samples_time on queue_samples (queue_id, at);

create table worker_samples (
  company text not null,
  worker  text not null,
  at      timestamptz(3) not null,
  metric  text not null,
  variant text not null,
  value   double precision not null,
  task    text
);
create index worker_samples_time on worker_samples (company, at);
