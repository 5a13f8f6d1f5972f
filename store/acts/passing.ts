/** Places in asks pass from one person to another, or are taken away: by coordinators, who tell whoever held them. */
import { isAddress } from '../../domain/address.js';
import { filledSeats } from '../../domain/asks/seats.js';
import type { RefusalCode } from '../../domain/preview.js';
import { problemOfText, tidy, tidyLine } from '../../domain/text.js';
import { type AskRow, type HolderRow, requestId, seatPeople } from '../asks.js';
import type { Tx } from '../db.js';
import type { EditionRow } from '../editions.js';
import { freeId, type PersonRow, peopleOf, personAt } from '../people.js';
import type { Queued } from '../queue.js';

/** To whom something passes: somebody of the edition, or who is to be, by name and address. */
export interface Toward {
  to?: string;
  name?: string;
  email?: string;
}

/** Somebody who is there, or will be once `add` has written them. */
export interface Newcomer {
  id: string;
  /** Left out for whoever is there. */
  known?: PersonRow;
  add(tx: Tx): Promise<void>;
}

type No = { ok: false; reason: RefusalCode };
const no = (reason: RefusalCode): No => ({ ok: false, reason });

/** Reads to whom something of somebody's passes, or why it cannot. Names must be held (`lockNames`). */
export async function towards(
  tx: Tx,
  { row, from, to, name = '', email = '' }: { row: EditionRow; from: Pick<PersonRow, 'id' | 'locale'> } & Toward,
): Promise<{ ok: true; to: Newcomer } | No> {
  const id = to ?? (isAddress(tidy(email)) ? await personAt(tx, row.id, tidy(email)) : undefined);
  if (to === undefined && !isAddress(tidy(email))) return no('address');
  if (id !== undefined) {
    const known = (await peopleOf(tx, row.id, [id])).get(id);
    if (known === undefined) return no('no-person');
    if (known.left_at !== null) return no('left');
    return id === from.id ? no('same') : { ok: true, to: { id, known, add: async () => {} } };
  }
  if (problemOfText(name, 'text') !== undefined) return no('name');
  const fresh = await freeId(tx, { edition: row.id, stem: from.id });
  const add = (tx: Tx) => insertPerson(tx, row.id, { id: fresh, name: tidyLine(name), email: tidy(email), locale: from.locale });
  return { ok: true, to: { id: fresh, add } };
}

/** Writes somebody who holds the places they are given, and has no role. */
export const insertPerson = async (
  tx: Tx,
  edition: string,
  { id, name, email, locale }: Pick<PersonRow, 'id' | 'name' | 'email' | 'locale'>,
): Promise<void> =>
  void (await tx.query(`insert into person (edition, id, role, name, email, locale) values ($1, $2, 'delegate', $3, $4, $5)`, [
    edition,
    id,
    name,
    email,
    locale,
  ]));

/** Whether somebody's answer is awaited from a place. */
export const isAwaited = (place: HolderRow | undefined, places: readonly HolderRow[]): boolean =>
  place !== undefined && place.closed === null && !filledSeats(places).has(place.seat);

/** Whether whoever has a place in an ask is none of those who are, or were, asked: it was taken from them. */
export const isFree = (place: HolderRow | undefined): boolean => place === undefined || place.closed === 'not-needed';

/** Takes places away, in asks of one edition: links to them open nothing any more; `to`: whom they pass to. */
export async function relieve(
  tx: Tx,
  { asks, person, to, at }: { asks: readonly string[]; person: string; to?: string; at: number },
): Promise<void> {
  await tx.query(
    `update ask_person set closed = 'not-needed', closed_at = $3, delegated_to = $4, relieved = true, link_n = link_n + 1
     where ask = any($1) and person = $2 and (closed is null or closed = 'delegated')`,
    [asks, person, new Date(at), to ?? null],
  );
}

/** Gives somebody a seat in an ask, as if it had just been asked of them; whoever had one that was taken from them has it again. */
export async function give(
  tx: Tx,
  { row, ask, person, seat, at }: { row: EditionRow; ask: AskRow; person: string; seat: string; at: number },
): Promise<void> {
  await seatPeople(tx, { row, ask: ask.id, people: [{ person, seat, joined: 'delegate' }], at });
  await tx.query(
    `update ask_person set closed = null, closed_at = null, delegated_to = null, relieved = false, seat = $3, on_behalf_of = null, joined = 'delegate', joined_at = $4
     where ask = $1 and person = $2 and closed = 'not-needed'`,
    [ask.id, person, seat, new Date(at)],
  );
}

/** Their first mail about an ask has left before, and no rung leaves twice: whoever has a place again is written to by a link. */
export const givenAgain = ({ row, ask, person, at }: { row: EditionRow; ask: string; person: string; at: number }): Queued => {
  const request = requestId(ask, person, row.request_salt);
  return { key: `link.${request}.given.${at}`, person, template: 'link', context: { request, why: 'given' } };
};

/** What whoever held places is told: which, and who has them now. */
export const handedOver = ({
  row,
  asks,
  person,
  to,
  at,
}: {
  row: EditionRow;
  asks: readonly string[];
  person: string;
  to?: string;
  at: number;
}): Queued => ({
  key: `handed-over.${person}.${at}`,
  person,
  template: 'handed-over',
  context: { requests: asks.map((ask) => requestId(ask, person, row.request_salt)), ...(to === undefined ? {} : { to }) },
});
