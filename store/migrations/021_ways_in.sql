-- Somebody asked to enter the console, from one browser: by a mailed link, or at an OpenID provider. Whoever has no account asked too: nothing tells them apart.
create table sign_in (
  id text primary key,                   -- random; in the link, with its seal
  email text,                            -- where the link goes: as the account or the person has it, never as it was typed; null: nowhere
  browser text not null,                 -- hash of the cookie of the browser that asked
  wanted text not null,                  -- where they were going: a path of ours
  locale text not null,
  provider text,                         -- the OpenID provider that was asked,
  flow jsonb,                            -- and what its answer is held against
  asked_at timestamptz not null,         -- real time, as all that follows
  taken_at timestamptz,                  -- somebody is mailing it
  mailed_at timestamptz,
  tries int not null default 0,          -- codes that were typed and were not its own
  used_at timestamptz
);
create index sign_in_browser on sign_in (browser, asked_at);
create index sign_in_age on sign_in (asked_at);
create index sign_in_owed on sign_in (asked_at) where email is not null and mailed_at is null;

alter table account add column locale text check (locale in ('fr', 'en'));  -- null: the browser's
alter table account add column factor text;          -- secret of the second factor, sealed; null: there is none
alter table account add column factor_step bigint;   -- the last step whose code was taken: none is taken twice
create table recovery_code (
  account text not null references account on delete cascade,
  hash text not null,
  used_at timestamptz,
  primary key (account, hash)
);

-- A session says when its account was proven last, how it came in and on what; one whose second factor is still asked opens nothing else.
alter table console_key add column proved_at timestamptz;
alter table console_key add column pending boolean not null default false;
alter table console_key add column strong boolean not null default false;  -- two factors were shown
alter table console_key add column wanted text;
alter table console_key add column way text;
alter table console_key add column device text;
alter table console_key add column proof text;       -- the OpenID token by which the provider knows what to end
alter table console_key add column new_factor text;  -- a second factor that is being set up, sealed
update console_key set proved_at = made_at;
