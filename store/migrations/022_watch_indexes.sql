-- The watch looks every five minutes whatever was ever sent (store/watch.ts, editionFacts): when mail of an edition last left,
create index outbox_left on outbox (edition, sent_at) where sent_at is not null;
-- and what was due in the last seven days.
create index outbox_due on outbox (edition, due_at);
