-- What coordinators changed of an edition's rules while it ran, one row an act; edition.file holds the rules as they now are.
create table override (
  id bigint generated always as identity primary key,
  edition text not null references edition (id) on delete cascade,
  act text not null,
  detail jsonb not null,
  before jsonb not null,                -- the rules before it
  actor text not null,
  at timestamptz not null               -- business instant
);
create index override_edition on override (edition, id);
