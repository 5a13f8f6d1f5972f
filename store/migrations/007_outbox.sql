-- When the bytes of a mail were written: words such as "today" hold on the day they were written for.
alter table outbox add column frozen_at timestamptz;
-- When the pace of the installation lets a mail leave; null: it has not been given its turn.
alter table outbox add column slot_at timestamptz;

-- How far turns have been given: to each domain that mail goes to, and ('') in all. Real time, epoch ms.
create table mail_pace (
  domain text primary key,
  given_until double precision not null
);

-- Mails leave in the order in which they became due, whoever takes how many of them.
drop index outbox_queued;
create index outbox_queued on outbox (edition, due_at, id) where state in ('queued', 'sending', 'uncertain');
-- Written once, read rarely: compressing them costs more than a third of what sending a mail costs the database.
alter table outbox alter column bytes set storage external;

-- When the coordinators were told that a mail was given up, or may or may not have arrived.
alter table outbox add column told_at timestamptz;
create index outbox_untold on outbox (edition) where told_at is null and state in ('failed', 'uncertain');
