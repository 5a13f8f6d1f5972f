-- Where somebody was written to before their address was changed: told of it once, then forgotten.
create table former_address (
  id text primary key,                   -- that of the mail which tells it
  edition text not null references edition on delete cascade,
  person text not null,
  email text not null,
  replaced_at timestamptz not null       -- business instant
);
create index former_address_age on former_address (replaced_at);
