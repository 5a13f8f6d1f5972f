-- The watch looks every five minutes whatever was ever sent (store/watch.ts, editionFacts): when mail of an edition last left,
create index outbox_left on outbox (edition, sent_at) where sent_at is not null;
-- and what was due in the last seven days.
create index outbox_due on outbox (edition, due_at);
-- The newest mails of an edition first, a page of them (store/outbox.ts, mailsOf).
create index outbox_newest on outbox (edition, (coalesce(sent_at, due_at)) desc, id desc);

-- What came back of a page of mails (store/bounces.ts, bouncesOf).
create index bounce_mail on bounce (outbox);

-- When the journal of an edition – or of the installation – was last held against its chain, and what was found. Real time.
create table journal_check (
  edition text primary key,
  at timestamptz not null,
  ok boolean not null,
  entries integer not null,
  broken_since timestamptz               -- the first of the checks in a row that found it broken
);
