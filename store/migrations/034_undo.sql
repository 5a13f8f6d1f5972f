-- The dates of open asks before the rules changed: what an undo puts back.
alter table override add column asks jsonb not null default '[]';
