import type { Db } from '../../../store/db.js';

/** Something that a mail no longer says, though it had to be said at that moment. */
export interface DroppedNote {
  mail: number;
  what: string;
}

/**
 * Has the database itself look, in the transaction in which a mail is dropped or loses something it asked for, whether that was still to be said:
 * afterwards nobody can tell, since everything is answered in the end. It also notes the addresses typed to begin an application, which are forgotten.
 */
export async function watchDropped(db: Db): Promise<void> {
  await db.query(`
    create schema chaos;
    create table chaos.dropped (mail bigint not null, what text not null);
    create function chaos.note_dropped() returns trigger language plpgsql as $$
    begin
      insert into chaos.dropped
      select new.id, concat_ws(' ', item->>'ask', item->>'rung', item->>'about') || ' was still asked'
      from jsonb_array_elements(old.asks) item join ask a on a.id = item->>'ask'
        left join ask_person p on p.ask = a.id and p.person = coalesce(item->>'about', new.person)
      where (new.state = 'dropped' or not new.asks @> jsonb_build_array(item)) and a.outcome is null and p.closed is null
        and not exists (select 1 from ask_person o where o.ask = a.id and o.seat = p.seat and o.closed in ('answered', 'declined'))
      union all
      select new.id, 'the event ' || uid || ' was still to be told' from calendar_entry where new.state = 'dropped' and mail = new.id
      union all
      select new.id, 'mail ' || m.id || ' was still given up' from jsonb_array_elements_text(new.context->'mails') told(id) join outbox m on m.id = told.id::bigint
      where new.state = 'dropped' and new.template = 'undelivered' and (m.state = 'failed' or m.state = 'uncertain' and m.next_try_at is null)
      union all
      select new.id, id || ' was still unreachable' from person
      where new.state = 'dropped' and new.template = 'unreachable' and edition = new.edition and id = new.context->>'person' and unreachable_at is not null;
      return null;
    end $$;
    create trigger chaos_note_dropped after update on outbox for each row
      when (new.state = 'dropped' and old.state <> 'dropped' or new.asks <> old.asks) execute function chaos.note_dropped();
    create table chaos.started (id text not null, email text not null);
    create function chaos.note_started() returns trigger language plpgsql as $$
    begin
      insert into chaos.started values (new.id, new.email);
      return null;
    end $$;
    create trigger chaos_note_started after insert on application_start for each row execute function chaos.note_started()`);
}

/** What it found. */
export async function droppedNotes(db: Db): Promise<DroppedNote[]> {
  return (await db.query<DroppedNote>('select mail, what from chaos.dropped order by mail')).rows;
}

/** The address that was typed to begin each application, by its id. */
export async function startedAddresses(db: Db): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; email: string }>('select id, email from chaos.started');
  return new Map(rows.map(({ id, email }) => [id, email]));
}
