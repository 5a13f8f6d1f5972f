-- A step is gone back to for the edition, or for one project; how often anything was, which a run must know to begin again from the top.
alter table step_generation add column project text not null default '';
alter table step_generation drop constraint step_generation_pkey, add primary key (edition, step, project);
alter table edition add column back integer not null default 0;

-- A fact belongs to the generation of its step.
alter table fact add column generation integer not null default 1;
update fact set generation = substring(id from '\.g([0-9]+)')::integer where id ~ '\.g[0-9]+';

create function generation_of(edition_id text, step_id text, project_id text) returns integer language sql stable as
  $$ select coalesce((select g.generation from step_generation g where g.edition = edition_id and g.step = step_id and g.project = coalesce(project_id, '')), 1) $$;
create or replace function generation_of(edition_id text, step_id text) returns integer language sql stable as
  $$ select generation_of(edition_id, step_id, '') $$;
create or replace view current_pair as
  select edition, project, id, person, purpose from pair where generation = generation_of(edition, 'introductions', project);
