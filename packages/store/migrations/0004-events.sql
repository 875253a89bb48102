-- 0004 events: what tasks and models report while they run.

alter table models
  add column last_iteration bigint not null default 0,
  add column last_metrics   jsonb;

-- All that one task or model reported since it last began anew. To forget it is to say so here; a sweep then deletes
-- what is in the tables below. They have no foreign keys to this one: each would cost every line a look at it.
create table event_streams (
  id         bigint generated always as identity primary key,
  company    text not null,
  -- A task or a model.
  subject    uuid not null,
  lines      bigint not null default 0,
  added_at   timestamptz(3) not null default now(),
  dropped_at timestamptz(3)
)
-- Every batch changes its row: with room on the page that touches no index.
with (fillfactor = 50);
create unique index event_streams_subject on event_streams (subject) where dropped_at is null;
create index event_streams_dropped on event_streams (dropped_at, id) where dropped_at is not null;

-- Whoever deletes a task waits for a batch that is being added to it; a statement in here sees the stream of that batch.
create function drop_streams() returns trigger language plpgsql as $$
begin
  update event_streams set dropped_at = statement_timestamp()
  from gone where event_streams.subject = gone.id and event_streams.dropped_at is null;
  return null;
end
$$;
create trigger tasks_drop_streams after delete on tasks
  referencing old table as gone for each statement execute function drop_streams();
create trigger models_drop_streams after delete on models
  referencing old table as gone for each statement execute function drop_streams();

-- Here and below `at` is in epoch milliseconds, as a double: a report may name any time that a client can.
create table log_lines (
  stream  bigint not null,
  at      double precision not null,
  number  bigint generated always as identity,
  worker  text not null,
  level   text not null,
  message text not null,
  primary key (stream, at, number)
);

-- Stands for a metric and a variant in indexes, whose entries must not be as long as a name may be.
create function series_name(metric text, variant text) returns uuid
  language sql immutable parallel safe return md5(md5(metric) || md5(variant))::uuid;

-- Points are packed (see pack-points.ts): full chunks never change, the last ones are kept in the row of their series,
-- which every batch changes anyway.
create table scalar_series (
  id              bigint generated always as identity primary key,
  stream          bigint not null,
  metric          text not null,
  variant         text not null,
  name            uuid not null generated always as (series_name(metric, variant)) stored,
  points          bigint not null,
  first_iteration double precision not null,
  last_iteration  double precision not null,
  first_at        double precision not null,
  last_at         double precision not null,
  -- The longest time between two points of one full chunk.
  longest_span    double precision not null,
  tail            bytea not null,
  unique (stream, name)
)
with (fillfactor = 50);

create table scalar_chunks (
  series   bigint not null,
  number   bigint not null,
  first_at double precision not null,
  last_at  double precision not null,
  points   bytea not null,
  primary key (series, number)
);
-- For events in the order of their times, from either end.
create index scalar_chunks_first on scalar_chunks (series, first_at, number, last_at);
create index scalar_chunks_last on scalar_chunks (series, last_at, number, first_at);

-- Measured values do not compress, and a tail that is looked at by every batch should lie in its row.
alter table scalar_series alter tail set storage external;
alter table scalar_chunks alter points set storage external;

-- Plots, images and the like: few, but each may be large.
create table shown_series (
  id      bigint generated always as identity primary key,
  stream  bigint not null,
  kind    text not null,
  metric  text not null,
  variant text not null,
  name    uuid not null generated always as (series_name(metric, variant)) stored,
  unique (stream, kind, name)
);

create table shown_events (
  series    bigint not null,
  iteration double precision not null,
  at        double precision not null,
  worker    text not null,
  content   jsonb not null,
  primary key (series, iteration)
);
create index shown_events_time on shown_events (series, at, iteration);
