-- 0006 models: what a web page keeps with them.

alter table models add column ui_cache jsonb;
