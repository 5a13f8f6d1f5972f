-- An ask to thousands is quiet until this instant (business time): nothing is due to anybody in it before, as the review that looked at each of them
-- wrote down under its lock (activities/review/remind.ts). Until then a review reads none of them (store/snapshot.ts, decision 0028).
alter table ask add column quiet_until timestamptz;

-- What changes an ask's dates, or who sits in it, holds the ask's lock: it is quiet no more.
create function ask_stirs() returns trigger language plpgsql as $$
begin
  new.quiet_until := null;
  return new;
end $$;
create trigger ask_stirs before update of opens_at, opened_at, due_at, ends_at, closing, outcome on ask for each row
  when (old.quiet_until is not null and new.quiet_until is not distinct from old.quiet_until) execute function ask_stirs();

create function places_stir() returns trigger language plpgsql as $$
begin
  update ask set quiet_until = null where quiet_until is not null and id in (select ask from changed);
  return null;
end $$;
create trigger places_come after insert on ask_person referencing new table as changed for each statement execute function places_stir();

create function place_reopens() returns trigger language plpgsql as $$
begin
  update ask set quiet_until = null where quiet_until is not null and id = new.ask;
  return null;
end $$;
create trigger place_reopens after update of closed on ask_person for each row
  when (old.closed is not null and new.closed is null) execute function place_reopens();

-- What changes people, or an edition's rules, holds no ask: it leaves a row, in its own transaction, and a review that sees one trusts no mark and
-- deletes it. What it does not see yet, the next one will.
create table stirred (id bigint generated always as identity primary key, edition text not null);
create index stirred_edition on stirred (edition);

create function people_stir() returns trigger language plpgsql as $$
begin
  insert into stirred (edition) select distinct edition from changed where place is not null;
  return null;
end $$;
create trigger people_come after insert on person referencing new table as changed for each statement execute function people_stir();

create function person_stirs() returns trigger language plpgsql as $$
begin
  insert into stirred (edition) values (new.edition);
  return null;
end $$;
create trigger person_stirs after update of unreachable_at, substitute, role, place on person for each row
  when ((old.unreachable_at, old.substitute, old.role, old.place) is distinct from (new.unreachable_at, new.substitute, new.role, new.place))
  execute function person_stirs();

create function rules_stir() returns trigger language plpgsql as $$
begin
  insert into stirred (edition) values (new.id);
  return null;
end $$;
create trigger rules_stir after update of file on edition for each row execute function rules_stir();

-- Whom a review reads while asks to thousands are quiet (store/people.ts, fewPeople).
create index person_few on person (edition) where role <> 'relay';
