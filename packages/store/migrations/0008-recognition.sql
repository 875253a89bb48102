-- 0008 recognition: what companies recognise in images with whose thresholds.

-- The models that own versions can be made of, each under a number that it keeps for ever. A row is never deleted.
create table recognition_networks (
  id         integer generated always as identity primary key,
  company    text not null,
  name       text not null,
  created_at timestamptz(3) not null default now(),
  unique (company, name)
);

create table recognition_specs (
  id              integer generated always as identity primary key,
  company         text not null,
  name            text not null,
  description     text not null,
  metadata        jsonb not null,
  outputs         jsonb not null,
  current_version integer,
  created_at      timestamptz(3) not null default now(),
  updated_at      timestamptz(3) not null default now()
);
create index recognition_specs_company on recognition_specs (company, id);

create table recognition_versions (
  id               integer generated always as identity primary key,
  company          text not null,
  spec             integer not null references recognition_specs on delete cascade,
  network          integer not null references recognition_networks,
  post_processings jsonb not null,
  created_at       timestamptz(3) not null default now(),
  -- For the reference below.
  unique (spec, id)
);
create index recognition_versions_company on recognition_versions (company, id);

-- The current version of a spec is one of its own.
alter table recognition_specs
  add constraint recognition_specs_current_version foreign key (id, current_version)
  references recognition_versions (spec, id);
