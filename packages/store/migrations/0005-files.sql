-- 0005 files: how much room uploaded files take, and which of them are to be deleted.

-- The sum of stored_files. Whoever changes either, or claims a file, holds the row of the company.
create table file_usage (
  company text primary key,
  bytes   bigint not null default 0
);

create table stored_files (
  company   text not null,
  path      text not null,
  size      bigint not null,
  stored_at timestamptz(3) not null,
  primary key (company, path)
);

-- Notes of files that nobody needs any more. One that is claimed is being deleted until then.
create table unneeded_files (
  company       text not null,
  path          text not null,
  noted_at      timestamptz(3) not null default now(),
  claimed_until timestamptz(3),
  primary key (company, path)
);
create index unneeded_files_oldest on unneeded_files (noted_at);
