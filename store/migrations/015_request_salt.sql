-- What the ids of places are made with beside what everybody can know: without it, they can be computed from the edition's file. Editions that have begun
-- keep theirs, since their links are out.
alter table edition add column request_salt text not null default '';
