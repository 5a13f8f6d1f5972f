-- Who may enter the console. An address is an account's once: `mailbox` is what its spellings have in common (domain/address.ts, addressKey).
create table account (
  id text primary key,
  email text not null,
  mailbox text not null unique,
  name text not null,
  created_at timestamptz not null,       -- real time, as all that follows
  blocked_at timestamptz
);

-- Rights that were given. Whoever is a coordinator of an edition has that right on it without more: it is read from its people.
create table account_right (
  account text not null references account on delete cascade,
  "right" text not null check ("right" in ('admin', 'coordinator', 'reader')),
  territory text,
  edition text references edition on delete cascade,
  given_at timestamptz not null,
  given_by text not null,
  check (case "right" when 'admin' then territory is null and edition is null else (territory is null) <> (edition is null) end)
);
create unique index account_right_once on account_right (account, "right", coalesce(territory, ''), coalesce(edition, ''));

-- Keys and sessions are somebody's; those from before were nobody's, and open nothing any more.
delete from console_key;
alter table console_key drop column role;
alter table console_key add column account text not null references account on delete cascade;
alter table console_key add column made_at timestamptz not null;
alter table console_key add column seen_at timestamptz;
create index console_key_account on console_key (account);

-- Whose account is a coordinator's: by what stands before the @, as elsewhere.
create index person_coordinator on person (lower(normalize(split_part(email, '@', 1), NFC))) where role = 'coordinator' and place is not null;
