-- 0009 media: files that producers store once and name in many tasks, and lists of the tasks that embed media.

create table assets (
  id           text primary key,
  company      text not null,
  filename     text,
  content_type text,
  size_bytes   bigint,
  -- One of the two: an uploaded file of the company, or an address that workers fetch.
  path         text,
  url          text,
  created_at   timestamptz(3) not null default now(),
  check ((path is null) <> (url is null))
);
create index assets_newest on assets (company, created_at, id);

-- Pages of these tasks and how many there are, by the time they were made; those that a request waited for are on no
-- page. Other jobs, which come by the thousand in a second, write nothing into it, and neither do reports of progress.
create index tasks_media on tasks (company, created_at, id) include (job, status)
  where job in ('embed.audio', 'embed.video') and not tags @> '{twelvelabs-sync}';
-- Tasks that are kept for a time only, the oldest first.
create index tasks_passing on tasks (created_at, id) where tags @> '{twelvelabs}';
