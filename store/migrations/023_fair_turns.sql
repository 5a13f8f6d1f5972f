-- A mail is given its turn when it may leave, not before: nothing is written on those that wait (outbox.slot_at goes a release later).
-- Until when (real time, epoch ms) some edition waits for a budget of the pace.
alter table mail_pace add column waited_until double precision not null default 0;

-- What each edition was given of a budget while several waited for it (store/pace.ts), and until when it waits. Real time, epoch ms. Forgotten an hour
-- later: no reference to the edition, whose row would be locked under the lock that every delivery takes.
create table mail_share (
  domain text not null,
  edition text not null,
  given double precision not null default 0,
  waits_until double precision not null,
  primary key (domain, edition)
);

-- Letters and what answers a person's own act leave before whatever else is due (store/ownact.ts).
create index outbox_first on outbox (edition, due_at, id)
  where state in ('queued', 'uncertain') and (letter or template in ('receipt', 'begin') or template = 'link' and not context ? 'why');
