-- The journal is append-only, and each edition's entries are chained: what is changed, removed or slipped in later shows
-- (docs/decisions/0015-audit-chain.md). The tables are in the schema `public`, as `doctor` checks.

-- What a coordinator gave as a reason is somebody's words: kept beside the journal, where it can be erased. The entry keeps its hash, salted so
-- that an erased text cannot be guessed back.
create table audit_reason (
  hash text primary key,                 -- sha256 of salt, newline, text
  edition text not null references edition on delete cascade,
  salt text not null,
  text text not null
);

with said as materialized (
  select id, edition, detail->>'reason' as text, gen_random_uuid()::text as salt from audit where detail ? 'reason'
), hashed as materialized (
  select *, encode(sha256(convert_to(salt || E'\n' || text, 'UTF8')), 'hex') as hash from said
), kept as (
  insert into audit_reason (hash, edition, salt, text)
  select hash, edition, salt, text from hashed where text is not null and exists (select 1 from edition e where e.id = hashed.edition)
)
update audit set detail = jsonb_set(detail, '{reason}', to_jsonb(hash)) from hashed where audit.id = hashed.id and hash is not null;

create table audit_chain (
  edition text not null,
  n integer not null,                    -- 1, 2, 3 … without a gap, in the order of the commits
  entry bigint not null unique,          -- audit.id
  hash text not null,
  primary key (edition, n)
);

-- The hash of an entry: of the JSON array of the hash before it (64 zeros before the first) and of all that it says, as text.
create function audit_hash(before text, n integer, entry audit) returns text language sql stable
  set search_path = pg_catalog, public, pg_temp
as $$
  select encode(sha256(convert_to(jsonb_build_array(before, entry.edition, n,
    to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), entry.actor, entry.verb, entry.subject, entry.detail)::text, 'UTF8')), 'hex')
$$;

-- Chained when its transaction commits, after everything else: whoever holds a lock here waits for nobody. Transactions of one edition take
-- turns, and a new statement sees what the one before has committed. As the owner: the role that runs need not be able to write the chain.
create function audit_chain_entry() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  last record;
begin
  perform pg_advisory_xact_lock(hashtext(new.edition || '/audit'));
  select n, hash into last from audit_chain where edition = new.edition order by n desc limit 1;
  insert into audit_chain (edition, n, entry, hash)
  values (new.edition, coalesce(last.n, 0) + 1, new.id, audit_hash(coalesce(last.hash, repeat('0', 64)), coalesce(last.n, 0) + 1, new));
  return null;
end
$$;

create constraint trigger audit_chained after insert on audit deferrable initially deferred
  for each row execute function audit_chain_entry();

-- Entries from before are chained in the order of their ids. Nobody writes meanwhile: making the trigger has locked the table.
do $$
declare
  entry audit;
  before text;
  latest text := null;
  last integer;
begin
  for entry in select * from audit order by edition, id loop
    if latest is distinct from entry.edition then
      latest := entry.edition;
      last := 0;
      before := repeat('0', 64);
    end if;
    last := last + 1;
    before := audit_hash(before, last, entry);
    insert into audit_chain (edition, n, entry, hash) values (entry.edition, last, entry.id, before);
  end loop;
end
$$;

create function audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: the journal is only ever added to', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_append_only before update or delete or truncate on audit for each statement execute function audit_refuse();
create trigger audit_chain_append_only before update or delete or truncate on audit_chain for each statement execute function audit_refuse();
create trigger audit_chain_by_trigger_only before insert on audit_chain for each statement
  when (pg_trigger_depth() = 0) execute function audit_refuse();

-- By right too: also the owner, who can only give it back to themselves in plain sight.
revoke update, delete, truncate on audit, audit_chain from public, current_user;
