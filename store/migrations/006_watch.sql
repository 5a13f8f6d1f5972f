-- When nothing moves. Real time throughout: nobody's dates depend on it. Ids and words of the code, nothing personal.

create table heartbeat (
  name text primary key,                 -- 'worker', 'sweep', 'watch'
  at timestamptz not null                -- when it was last well
);

create table alert (
  id bigint generated always as identity primary key,
  kind text not null,                    -- domain/watch.ts: ALERT_KINDS
  scope text not null default '',        -- the edition's id; '' is the installation
  things integer not null,               -- how many mails, incidents, tries
  since timestamptz not null,            -- since when it stands still
  seen_at timestamptz not null,          -- the first look that saw it, and the last
  last_at timestamptz not null,
  said_at timestamptz,                   -- told to the admins
  over_at timestamptz,
  over_said_at timestamptz
);
create unique index alert_open on alert (kind, scope) where over_at is null;
create index alert_unsaid on alert (over_at) where said_at is not null and over_said_at is null;
