-- A mail that does not leave by itself until somebody releases it: a rung of an ask, to somebody, about whoever is late; or a queued letter or notice.
create table hold (
  id bigint generated always as identity primary key,
  edition text not null references edition (id) on delete cascade,
  mail bigint unique,
  ask text,
  person text,
  rung text,
  about text,
  actor text not null,
  at timestamptz not null,              -- business instant
  check (case when mail is null then num_nulls(ask, person, rung, about) = 0 else num_nonnulls(ask, person, rung, about) = 0 end)
);
create unique index hold_rung on hold (ask, person, rung, about);
create index hold_edition on hold (edition, id);

-- A mail that is held is neither due nor lost.
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check
  check (state in ('queued', 'sending', 'accepted', 'failed', 'uncertain', 'dropped', 'held')) not valid;

-- What is held, or is held no more, changes what is due.
create function hold_stirs() returns trigger language plpgsql as $$
begin
  insert into stirred (edition) values (coalesce(new.edition, old.edition));
  return null;
end $$;
create trigger hold_stirs after insert or delete on hold for each row execute function hold_stirs();

-- What coordinators write to people of their own accord, one row a message; each of its mails names it.
create table message (
  edition text not null references edition (id) on delete cascade,
  n integer not null,
  actor text not null,
  at timestamptz not null,              -- business instant
  whom text not null,                   -- as it was asked for: everybody, roles, asks
  people integer not null,
  subject text not null,
  body text not null,
  primary key (edition, n)
);
