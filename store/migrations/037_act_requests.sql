-- Acts that were done, by the id that whoever asked for them gave: asked for once more, they are not done twice.
create table act_request (
  edition text not null references edition (id) on delete cascade,
  request text not null,
  act jsonb not null,                   -- what was asked for, and by whom
  at timestamptz not null,              -- real instant
  primary key (edition, request)
);
