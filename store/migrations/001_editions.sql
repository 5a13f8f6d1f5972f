-- What is true. Instants are business instants given by the caller; nothing a person can see comes from now().

create table edition (
  id text primary key,
  title text not null,
  territory text not null,
  file jsonb not null,                  -- the edition file, as read
  source text not null,                 -- the file itself, as given
  status text not null default 'running' check (status in ('running', 'paused', 'closed', 'cancelled')),
  outcome text,
  phase text,
  epoch integer not null default 1,     -- fences runs: a restart raises it, and what carries an older one does nothing
  clock_offset_ms bigint not null default 0,
  slack jsonb not null default '{}',     -- last slack seen, per thread ('' is the edition's own)
  last_at timestamptz not null,         -- the last business instant a review saw
  started_at timestamptz not null,
  closed_at timestamptz
);

create table person (
  edition text not null references edition on delete cascade,
  id text not null,
  role text not null,
  name text not null,
  email text not null,
  substitute text,
  locale text,
  primary key (edition, id)
);
create unique index person_email on person (edition, lower(email));

-- The generation a step starts from: raised when the step is gone back to.
create table step_generation (
  edition text not null references edition on delete cascade,
  step text not null,
  generation integer not null,
  primary key (edition, step)
);

create table ask (
  id text primary key,
  edition text not null references edition on delete cascade,
  step text not null,
  kind text not null,
  project text,
  version integer not null,
  part text,
  generation integer not null,
  about text,                            -- for decide: the ask that lacks something
  choices text[],
  day1 date not null,
  opens_at timestamptz not null,
  opened_at timestamptz,                 -- null until it is open (a session is announced before)
  due date not null,
  due_at timestamptz not null,
  ends_at timestamptz,                   -- null: endless
  closing timestamptz,                   -- a coordinator closes it: the next review settles it as closed
  moved boolean not null default false,  -- due was set by hand: replanning leaves it
  outcome text check (outcome in ('complete', 'partial', 'none', 'closed', 'cancelled')),
  closed_at timestamptz,
  closed_on date,                        -- finish date: the day of the deadline where a deadline ended it
  result text,
  items text[],
  check ((outcome is null) = (closed_at is null))
);
create index ask_open on ask (edition) where outcome is null;
create index ask_step on ask (edition, step, project);

-- One person's place in an ask. Several holders of one seat (a principal and a substitute, all coordinators): the first answer fills it.
create table ask_person (
  ask text not null references ask on delete cascade,
  person text not null,
  edition text not null,
  seat text not null,
  joined text not null default 'asked' check (joined in ('asked', 'substitute', 'delegate')),
  joined_at timestamptz not null,
  on_behalf_of text,
  request text not null unique,          -- opaque id of this place, used in links
  link_n integer not null default 1,     -- raised to revoke every link given so far
  closed text check (closed in ('answered', 'declined', 'delegated', 'missed', 'not-needed')),
  closed_at timestamptz,
  answer jsonb,
  decision text,
  delegated_to text,
  primary key (ask, person),
  foreign key (edition, person) references person (edition, id) on delete cascade
);
create index ask_person_seat on ask_person (ask, seat);
create index ask_person_open on ask_person (edition, ask) where closed is null;

-- What a form holds before it is sent: nothing typed is lost.
create table draft (
  request text primary key references ask_person (request) on delete cascade,
  body jsonb not null,
  saved_at timestamptz not null
);

-- A rung is claimed once, for ever.
create table rung (
  ask text not null references ask on delete cascade,
  person text not null,
  rung text not null,
  about text not null default '',
  edition text not null,
  claimed_at timestamptz not null,
  claimed_on date not null,
  outbox bigint,                         -- null: dropped
  primary key (ask, person, rung, about)
);
create index rung_person on rung (edition, person, claimed_on);

create table outbox (
  id bigint generated always as identity primary key,
  edition text not null references edition on delete cascade,
  key text not null unique,
  person text not null,
  template text not null,
  asks jsonb not null default '[]',      -- [{ ask, rung, about? }]
  context jsonb not null default '{}',   -- ids only
  reminder boolean not null default false,
  letter boolean not null default false, -- a decision letter: never sent twice by itself
  state text not null default 'queued' check (state in ('queued', 'sending', 'accepted', 'failed', 'uncertain', 'dropped')),
  due_at timestamptz not null,
  queued_at timestamptz not null,
  attempts integer not null default 0,
  uncertain integer not null default 0,
  lease_until timestamptz,
  next_try_at timestamptz,
  message_id text not null,
  subject text,
  bytes bytea,
  sent_at timestamptz,
  error text
);
create index outbox_queued on outbox (edition, due_at) where state in ('queued', 'sending', 'uncertain');
create index outbox_person on outbox (edition, person, queued_at);

create table document (
  edition text not null references edition on delete cascade,
  step text not null,
  project text not null default '',
  version integer not null,
  generation integer not null,
  ask text not null,
  author text not null,
  title text not null,
  body text not null,
  hash text not null,
  frozen_at timestamptz not null,
  primary key (edition, step, project, generation, version)
);

create table application (
  edition text not null references edition on delete cascade,
  id text not null,
  person text not null,
  title text not null default '',
  need text,
  summary text not null default '',
  state text not null default 'draft' check (state in ('draft', 'submitted')),
  relay text,
  started_at timestamptz not null,
  submitted_at timestamptz,
  eligible boolean,
  reason text,
  shortlisted boolean not null default false,
  out boolean not null default false,
  fate text check (fate in ('retained', 'reserve', 'not-retained')),
  primary key (edition, id)
);

create table interest (
  edition text not null,
  application text not null,
  person text not null,
  nature text not null default '',
  primary key (edition, application, person)
);

create table score (
  edition text not null,
  application text not null,
  person text not null,
  criterion text not null,
  score numeric not null,
  primary key (edition, application, person, criterion)
);

create table pair (
  edition text not null references edition on delete cascade,
  project text not null,
  id text not null,
  person text not null,
  purpose text not null default '',
  primary key (edition, project, id)
);

create table project (
  edition text not null references edition on delete cascade,
  id text not null,
  application text not null,
  title text not null,
  need text not null,
  applicant text not null,
  directorate text not null,
  status text not null default 'running' check (status in ('running', 'ended')),
  outcome text,
  ended_on date,
  primary key (edition, id)
);

-- What the story told the database: a step finished, projects were created, sessions fixed. Told once, the same for ever.
create table fact (
  id text primary key,
  edition text not null references edition on delete cascade,
  what text not null,
  step text,
  project text,
  version integer,
  recorded_at timestamptz not null,
  recorded_on date not null,
  outcome text,
  items text[]
);
create index fact_edition on fact (edition, what);

create table audit (
  id bigint generated always as identity primary key,
  edition text not null,
  at timestamptz not null,
  actor text not null,                   -- a person's id, `coordinator` (by hand), or `programme`
  verb text not null,
  subject text not null,                 -- an id
  detail jsonb not null default '{}'     -- ids and words of the code, never what people wrote
);
create index audit_edition on audit (edition, id);

create table pending_wake (
  edition text primary key references edition on delete cascade,
  since timestamptz not null             -- real time: how long a wake has been owed
);

create table incident (
  id bigint generated always as identity primary key,
  edition text not null references edition on delete cascade,
  scope text not null,                   -- an ask's id, `project:<id>`, `review`
  message text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  times integer not null default 1,
  resolved_at timestamptz
);
create unique index incident_open on incident (edition, scope) where resolved_at is null;

-- Signing in to the console: one-time links and sessions, by hash.
create table console_key (
  hash text primary key,
  kind text not null check (kind in ('sign-in', 'session')),
  role text not null default 'admin',
  expires_at timestamptz not null,
  used_at timestamptz
);
