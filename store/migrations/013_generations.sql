-- What was answered belongs to the generation of its step: gone back to, it is asked again, and what was answered before no longer counts.
alter table interest add column generation integer not null default 1;
alter table interest drop constraint interest_pkey, add primary key (edition, application, person, generation);
alter table score add column generation integer not null default 1;
alter table score drop constraint score_pkey, add primary key (edition, application, person, criterion, generation);
alter table pair add column generation integer not null default 1;
alter table pair drop constraint pair_pkey, add primary key (edition, project, id, generation);

create function generation_of(edition_id text, step_id text) returns integer language sql stable as
  $$ select coalesce((select g.generation from step_generation g where g.edition = edition_id and g.step = step_id), 1) $$;

create view current_interest as
  select edition, application, person, nature from interest where generation = generation_of(edition, 'pitch-preparation');
create view current_score as
  select edition, application, person, criterion, score from score where generation = generation_of(edition, 'pitch');
create view current_pair as
  select edition, project, id, person, purpose from pair where generation = generation_of(edition, 'introductions');
