-- 0004 events: what tasks and models report while they run.

alter table models
  add column last_iteration bigint not null default 0,
  add column last_metrics   jsonb;
