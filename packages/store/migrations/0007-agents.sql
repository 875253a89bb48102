-- 0007 agents: who took a task from the agents' line last, so that one that was lost and comes back can be told from it.

alter table tasks add column taken_by text;
