-- Two tabs may hold one form: each save has a number, and a text that was written from an older one is kept beside the newer, not over it.
alter table draft add column version integer not null default 1;
alter table draft add column other jsonb;
