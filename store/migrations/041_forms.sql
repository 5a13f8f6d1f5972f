-- An application answers a form that the edition's file says: all that was answered is kept beside its title and need. "summary" stays what its readers
-- read: the text itself, or the whole form but for what only coordinators read.
alter table application add column answer jsonb not null default '{}';
update application set answer = jsonb_strip_nulls(jsonb_build_object('title', title, 'need', need, 'summary', summary));
