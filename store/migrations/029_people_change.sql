-- Who takes part changes while an edition runs. Whoever left is in no role; their successor is asked what was to come for them.
alter table person add column left_at timestamptz, add column successor text;
-- A coordinator took the place away, or lets its answer be overwritten: the old one counts until then.
alter table ask_person add column relieved boolean not null default false, add column reopened_at timestamptz;
-- What somebody is asked and did, for the page of people.
create index ask_person_of on ask_person (edition, person);
