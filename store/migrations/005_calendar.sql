-- What calendars are told: one row per event and reader; without a reader, the edition's own feed. It holds what was said last, so that what is
-- now foreseen is told once, and only where it differs.
create table calendar_entry (
  edition text not null references edition on delete cascade,
  uid text not null,                     -- the same for ever, whatever the day
  person text,
  kind text not null check (kind in ('pitch', 'session', 'sitting', 'introduction')),
  step text not null,
  project text,
  part text,                             -- which session of a series, which pair, which version a sitting is about
  first_day date not null,
  last_day date not null,
  state text not null check (state in ('confirmed', 'cancelled')),
  sequence integer not null,             -- raised by each change (RFC 5546)
  changed_at timestamptz not null,
  mail bigint,                           -- the mail that tells this state; null: nobody has to be told
  told boolean not null default false,   -- whether a mail before that one told of the event
  was date,                              -- the first day that was told before, where the mail moves it
  unique nulls not distinct (edition, uid, person),
  foreign key (edition, person) references person on delete cascade
);
create index calendar_entry_mail on calendar_entry (mail) where mail is not null;
create index calendar_entry_person on calendar_entry (edition, person);

-- Which links to a feed are valid: raised to revoke those given so far.
alter table person add column calendar_n integer not null default 1;
alter table edition add column calendar_n integer not null default 1;

-- What the entries were last made from; while it is the same, none of them is read.
alter table edition add column calendar_seen text;
