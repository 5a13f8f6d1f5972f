import { isAddress, isSameAddress } from '../domain/address.js';
import { calendarOf } from '../domain/calendar.js';
import { nextSendingTime } from '../domain/ladder.js';
import { toldOnce } from '../domain/mails.js';
import type { When } from './acts/change.js';
import { audit } from './audit.js';
import { tellAgain } from './calendar.js';
import { type Db, inTransaction, type Store, type Tx } from './db.js';
import { lockEdition } from './editions.js';
import { type OutboxRow, type Queued, queueMails } from './outbox.js';
import { ownAct } from './ownact.js';
import { lockNames, openPlacesOf, peopleOf } from './people.js';
import { cameBack } from './undelivered.js';
import { oweWake } from './wakes.js';

/**
 * Of mails taken for sending, those that may leave: to somebody unreachable, only what answers their own act does. The rest is given up;
 * the letters among it wait for an address.
 */
export async function withoutUnreachable(db: Db, mails: readonly OutboxRow[], at: number): Promise<OutboxRow[]> {
  if (mails.length === 0) return [];
  const { rows } = await db.query<{ id: number }>(
    `update outbox o set state = case when o.uncertain > 0 then 'uncertain' else 'failed' end, error = 'unreachable', lease_until = null, next_try_at = null,
       told_at = case when o.template = any($2) then o.told_at else $3 end
     from person p where o.id = any($1) and not ${ownAct} and p.edition = o.edition and p.id = o.person
       and p.unreachable_at is not null returning o.id`,
    [mails.map((mail) => mail.id), toldOnce, new Date(at)],
  );
  const held = new Set(rows.map((row) => row.id));
  return mails.filter((mail) => !held.has(mail.id));
}

/** Whether an address was given, or why not. `links`: the requests that got a fresh link; `again`: the mails that leave once more. */
export type AddressGiven =
  | { ok: true; edition: string; changed: boolean; wasUnreachable: boolean; links: number; again: number }
  | { ok: false; reason: 'no-edition' | 'no-person' | 'address' | 'taken' };

/**
 * Gives somebody another address, or says that the one they have is right: they count as reachable again, links given to the former address open
 * nothing any more, and fresh ones and what did not arrive leave in working hours: it is a coordinator's act, not theirs. The journal says that it was done, and why; not the address.
 */
export async function giveAddress(
  store: Store,
  { edition, person: id, email, reason, realNow }: { edition: string; person: string; email: string; reason: string } & When,
): Promise<AddressGiven> {
  return inTransaction(store.pool, async (tx) => {
    const row = await lockEdition(tx, edition);
    if (row === undefined) return { ok: false, reason: 'no-edition' };
    await lockNames(tx, edition);
    const people = await peopleOf(tx, edition);
    const person = people.get(id);
    if (person === undefined) return { ok: false, reason: 'no-person' };
    if (!isAddress(email)) return { ok: false, reason: 'address' };
    const same = (other: string) => isSameAddress(other, email);
    if ([...people.values()].some((other) => other.id !== id && same(other.email))) return { ok: false, reason: 'taken' };

    const at = realNow + row.clock_offset_ms;
    const changed = !same(person.email);
    await tx.query('update person set email = $3, unreachable_at = null, address_since = $4 where edition = $1 and id = $2', [
      edition,
      id,
      email,
      new Date(at),
    ]);
    await writeIntoFile(tx, { edition, person: id, email });
    if (changed) await forgetFormer(tx, edition, id);
    const lives = row.status === 'running' || row.status === 'paused';
    const links = lives ? await linksOf(tx, { edition, person: id, at }) : [];
    const letters = await lettersAgain(tx, edition, id);
    const calendar = calendarOf(row.file.territory);
    const dueAt = nextSendingTime(at, calendar);
    await queueMails(tx, { edition, at, dueAt, mails: links });
    const leaving = await queueMails(tx, { edition, at, dueAt, mails: letters });
    if (lives) await tellAgain(tx, { edition, person: id, at, on: calendar.dateOf(at), dueAt });
    const wasUnreachable = person.unreachable_at !== null;
    const detail = { changed, unreachable: wasUnreachable, links: links.length, again: leaving.size };
    await audit(tx, [{ edition, at, actor: 'coordinator', verb: 'person.address', subject: id, detail, reason }]);
    if (lives) await oweWake(tx, edition, realNow);
    return { ok: true, edition, changed, wasUnreachable, links: links.length, again: leaving.size };
  });
}

/** Mails give the first coordinator of the file as whom to write to. */
async function writeIntoFile(tx: Tx, { edition, person, email }: { edition: string; person: string; email: string }): Promise<void> {
  await tx.query(
    `update edition set file = jsonb_set(file, array['people', (found.n - 1)::text, 'email'], to_jsonb($3::text))
     from (select x.n from edition e, jsonb_array_elements(e.file->'people') with ordinality as x(p, n) where e.id = $1 and p->>'id' = $2) found
     where id = $1`,
    [edition, person, email],
  );
}

/** Of some asks: in how many somebody answers in their own name, and in how many of these their substitute, not being asked too, can answer instead. */
export async function standsIn(
  db: Db,
  { asks, person, substitute }: { asks: readonly string[]; person: string; substitute: string },
): Promise<{ own: number; covered: number }> {
  const { rows } = await db.query<{ own: number; covered: number }>(
    `select count(*)::int as own, count(*) filter (
         where not exists (select 1 from ask_person s where s.ask = p.ask and s.person = $3 and s.joined <> 'substitute'))::int as covered
     from ask_person p where p.ask = any($1) and p.person = $2 and p.joined <> 'substitute'`,
    [asks, person, substitute],
  );
  return rows[0] ?? { own: 0, covered: 0 };
}

/** Links and bytes written for the former address are of no use any more. */
async function forgetFormer(tx: Tx, edition: string, person: string): Promise<void> {
  await tx.query('update ask_person set link_n = link_n + 1 where edition = $1 and person = $2', [edition, person]);
  await tx.query('update person set calendar_n = calendar_n + 1, preferences_n = preferences_n + 1 where edition = $1 and id = $2', [
    edition,
    person,
  ]);
  await tx.query(`update outbox set bytes = null where edition = $1 and person = $2 and state in ('queued', 'uncertain')`, [
    edition,
    person,
  ]);
}

/** A fresh link for each open request that was mailed once; what was not is about to be. */
async function linksOf(tx: Tx, { edition, person, at }: { edition: string; person: string; at: number }): Promise<Queued[]> {
  const places = await openPlacesOf(tx, edition, person);
  const { rows } = await tx.query<{ ask: string }>(
    `select distinct ask from rung where ask = any($1) and person = $2 and about = '' and outbox is not null`,
    [places.map((place) => place.ask), person],
  );
  const mailed = new Set(rows.map((row) => row.ask));
  return places
    .filter((place) => mailed.has(place.ask))
    .map(({ request }) => ({ key: `link.${request}.address.${at}`, person, template: 'link', context: { request, why: 'address' } }));
}

/**
 * The letters and notices that did not arrive, once more each: given up, or come back since they last left; a notice also when a copy
 * of it may be out, while a letter of which one may be is for a coordinator to judge. One that waits to be sent, as a coordinator wished, reaches
 * the new address by itself. What asks is asked again by its link.
 */
async function lettersAgain(tx: Tx, edition: string, person: string): Promise<Queued[]> {
  const { rows } = await tx.query<Pick<OutboxRow, 'key' | 'template' | 'context' | 'letter'>>(
    `select o.key, o.template, o.context, o.letter from outbox o
     where o.edition = $1 and o.person = $2 and o.template = any($3)
       and (o.state = 'failed' or o.state = 'uncertain' and o.error = 'unreachable' and not o.letter
         or o.state = 'accepted' and exists (select 1 from bounce b where ${cameBack} and b.kind = 'hard'))
       and not exists (select 1 from outbox a where a.key = o.key || '.again') order by o.id`,
    [edition, person, toldOnce],
  );
  return rows.map(({ key, template, context, letter }) => ({
    key: `${key.slice(edition.length + 1)}.again`,
    person,
    template,
    context,
    letter,
  }));
}
