-- Several images of one metric, variant and iteration are told apart by their keys.
alter table shown_events
  add column key uuid not null generated always as (md5(coalesce(content ->> 'key', ''))::uuid) stored,
  drop constraint shown_events_pkey,
  add primary key (series, iteration, key);
drop index shown_events_time;
create index shown_events_time on shown_events (series, at, iteration, key);
