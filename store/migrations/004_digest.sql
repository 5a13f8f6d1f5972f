-- What a person wants to be written, and the id that links to it carry: a person's own would say who it is.
alter table person add column digest boolean not null default true;
alter table person add column ref text generated always as (left(encode(sha256((edition || '/' || id)::bytea), 'hex'), 24)) stored;
create unique index person_ref on person (ref);

-- The last instant at which digests were made: the next ones tell what moved since. Null: none yet, since the start.
alter table edition add column digest_at timestamptz;
update edition set digest_at = last_at where status in ('running', 'paused');
