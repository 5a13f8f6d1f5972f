-- What a visitor typed on the page of a call, until the link that was mailed to the address is opened: nothing is begun before.
create table application_start (
  id text primary key,                   -- random; in the link, with its seal
  edition text not null references edition on delete cascade,
  name text not null,
  email text not null,
  title text not null,
  relay text,
  asked_at timestamptz not null,         -- business instant
  request text                           -- the place that it became
);
create index application_start_age on application_start (asked_at);

-- What anybody can have done without showing who they are: how often, by keyed hashes of who asked. Real time.
create table attempt (
  kind text not null,
  who text not null,
  at timestamptz not null
);
create index attempt_who on attempt (kind, who, at);
create index attempt_age on attempt (at);
