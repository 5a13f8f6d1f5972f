import { isAddress, isSameAddress } from '../../domain/address.js';
import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import type { ACTOR_WORDS } from '../../domain/journal.js';
import { toldOnce } from '../../domain/mails.js';
import { tidy } from '../../domain/text.js';
import { failingAddresses } from '../board.js';
import { tellAgain } from '../calendar.js';
import type { Store, Tx } from '../db.js';
import { lockEdition } from '../editions.js';
import { keepFormer } from '../formeraddresses.js';
import type { OutboxRow } from '../outbox.js';
import { lockNames, openPlacesOf, peopleOf } from '../people.js';
import type { Queued } from '../queue.js';
import { cameBack } from '../undelivered.js';
import { type Planned, perform, type When } from './change.js';
import type { NotDone } from './on-ask.js';

/** Whether an address was given, or why not. `links`: the requests that got a fresh link; `again`: the mails that leave once more. */
export type AddressGiven = ({ ok: true; edition: string } & Given) | NotGiven;

type Given = { changed: boolean; wasUnreachable: boolean; links: number; again: number };
type NotGiven = { ok: false; reason: 'no-edition' | 'no-person' | 'address' | 'taken' | 'works' };
/** `mayReplaceWorking`: whoever acts may change an address to which mail arrives, as far as is known. */
type Give = { edition: string; person: string; email: string; reason: string; actor?: string; mayReplaceWorking?: boolean } & When;

/**
 * Gives somebody another address, or says that the one they have is right: they count as reachable again, links given to the former address open
 * nothing any more, and fresh ones and what did not arrive leave in working hours: it is a coordinator's act, not theirs. The former address is told once, unless it fails. The journal says that it was done, and why; not the address.
 */
export const giveAddress = (store: Store, act: Give): Promise<AddressGiven> => perform(store, act, (tx) => planAddress(tx, act));

/** The same as an act on an edition: whoever enters the console changes no address at which mail arrives. */
export async function planAddressAct(
  tx: Tx,
  act: { edition: string; person: string; email: string; reason: string; actor?: string } & When,
): Promise<Planned<object> | NotDone> {
  const planned = await planAddress(tx, {
    ...act,
    email: tidy(act.email),
    mayReplaceWorking: act.actor === ('machine' satisfies keyof typeof ACTOR_WORDS),
  });
  return planned.ok ? planned : { ok: false, reason: planned.reason === 'no-edition' ? 'unknown' : planned.reason };
}

async function planAddress(
  tx: Tx,
  { edition, person: id, email, reason, actor = 'coordinator', mayReplaceWorking = true, realNow }: Give,
): Promise<Planned<Given> | NotGiven> {
  const row = await lockEdition(tx, edition);
  if (row === undefined) return { ok: false, reason: 'no-edition' };
  await lockNames(tx, edition);
  const people = await peopleOf(tx, edition);
  const person = people.get(id);
  if (person === undefined) return { ok: false, reason: 'no-person' };
  if (!isAddress(email)) return { ok: false, reason: 'address' };
  const same = (other: string) => isSameAddress(other, email);
  if ([...people.values()].some((other) => other.id !== id && same(other.email))) return { ok: false, reason: 'taken' };

  const changed = !same(person.email);
  const fails = (await failingAddresses(tx, edition)).some((failing) => failing.id === id);
  if (changed && !fails && !mayReplaceWorking) return { ok: false, reason: 'works' };

  const at = realNow + row.clock_offset_ms;
  const former = `replaced.${id}.${at}`;
  const tellsFormer = changed && !fails;
  const lives = row.status === 'running' || row.status === 'paused';
  const links = lives ? await linksOf(tx, { edition, person: id, at }) : [];
  const letters = await lettersAgain(tx, edition, id);
  const calendar = calendarOf(row.file.territory);
  const dueAt = nextSendingTime(at, calendar);
  const wasUnreachable = person.unreachable_at !== null;
  const given = { changed, wasUnreachable, links: links.length, again: letters.length };
  return {
    ok: true,
    actor,
    change: {
      edition,
      at,
      async write(tx) {
        await tx.query('update person set email = $3, unreachable_at = null, address_since = $4 where edition = $1 and id = $2', [
          edition,
          id,
          email,
          new Date(at),
        ]);
        if (changed) await forgetFormer(tx, edition, id);
        if (tellsFormer) await keepFormer(tx, { id: `${edition}.${former}`, edition, person: id, email: person.email, at });
        if (lives) await tellAgain(tx, { edition, person: id, at, on: calendar.dateOf(at), dueAt });
      },
      entries: [
        {
          verb: 'person.address',
          subject: id,
          detail: { changed, unreachable: wasUnreachable, links: links.length, again: letters.length },
          reason,
        },
      ],
      mail: { dueAt, mails: [...links, ...letters, ...(tellsFormer ? [replacedMail(id, former, edition)] : [])] },
      wake: lives,
    },
    done: given,
  };
}

/** What the former address is told; its mail carries an id, and the address is read when it is written. */
const replacedMail = (person: string, key: string, edition: string): Queued => ({
  key,
  person,
  template: 'replaced',
  context: { former: `${edition}.${key}` },
});

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
