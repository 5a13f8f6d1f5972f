-- What came back of a mail, and who cannot be reached any more (docs/decisions/0012-bounces.md).
create table bounce (
  id bigint generated always as identity primary key,
  edition text not null references edition on delete cascade,
  outbox bigint not null references outbox on delete cascade,
  person text not null,
  at timestamptz not null,
  kind text not null check (kind in ('hard', 'soft', 'delayed')),
  status text not null default '',       -- RFC 3463, `5.1.1`
  diagnostic text not null default '',   -- the server's words, which quote addresses: one line, cut, and nowhere else
  report text not null,                  -- Message-ID of what came back; `smtp`: refused while we spoke to the server
  unique (outbox, report)
);
create index bounce_person on bounce (edition, person);

alter table person add column unreachable_at timestamptz;  -- two mails came back: only what answers their own act is still sent
alter table person add column address_since timestamptz;   -- when the address was last given by hand; null: as the file has it
