-- The last advance of a demonstration's clock: how far it was wanted, by whose leave, and how far it came. Whether one is under way, its lock says.
create table advance (
  edition text primary key references edition on delete cascade,
  goal text not null,                   -- next, a date, or a step
  others text not null,                 -- a set of personas, or nobody
  acting text[] not null,               -- people whom nobody plays
  seed integer not null,
  actor text not null,
  from_at timestamptz not null,         -- business instants
  at timestamptz not null,
  mails integer not null default 0,
  stopping boolean not null default false,
  ended text                            -- why it stopped; null: it is under way, or its process died
);
