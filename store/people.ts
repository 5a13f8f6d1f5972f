import { isSameAddress } from '../domain/address.js';
import type { Known } from '../domain/asks/place.js';
import type { Db, Tx } from './db.js';
import { type InJson, withInstants } from './json.js';

/** A person's row. */
export interface PersonRow {
  id: string;
  role: string;
  name: string;
  email: string;
  substitute: string | null;
  locale: 'fr' | 'en' | null;
  /** Whether they want the weekly digest. */
  digest: boolean;
  /** Opaque id, for links that are theirs whatever is asked of them. */
  ref: string;
  /** Which number of links to their preferences is valid. */
  preferences_n: number;
  /** The same of links to their calendar. */
  calendar_n: number;
  /** Their place in the edition's file, from 1; null: they joined since. */
  place: number | null;
  /** Since when they take part no more; `successor`: who was put in their place everywhere. */
  left_at: Date | null;
  successor: string | null;
  /** Since when mail to their address comes back; null: it arrives, as far as is known. */
  unreachable_at: Date | null;
}

/** What the ladder knows of people. */
export function knownOf(people: ReadonlyMap<string, PersonRow>): (person: string) => Known | undefined {
  return (id) => {
    const row = people.get(id);
    return row && { role: row.role, substitute: row.substitute ?? undefined, unreachableAt: row.unreachable_at?.getTime() };
  };
}

/** Those of the edition's own people, in its order: whoever joined since, a delegate or an applicant, is none. */
export const inOrder = (people: ReadonlyMap<string, PersonRow>): PersonRow[] =>
  [...people.values()].filter(({ place }) => place !== null).sort((a, b) => (a.place ?? 0) - (b.place ?? 0));

/** Who is there in somebody's place: themselves, whoever replaced them, or, once they have left, nobody. */
export const presentIn =
  (people: ReadonlyMap<string, Pick<PersonRow, 'left_at' | 'successor'>>) =>
  (id: string): string | undefined => {
    const { left_at = null, successor = null } = people.get(id) ?? {};
    return left_at === null ? id : (successor ?? undefined);
  };

/** The ids of an edition's own people of a role, in its order. */
export const ofRole = (people: ReadonlyMap<string, PersonRow>, role: string): string[] =>
  inOrder(people)
    .filter((person) => person.role === role)
    .map(({ id }) => id);

/** People of an edition ($1), before any further condition. */
export const everyone =
  'select id, role, name, email, substitute, locale, digest, ref, preferences_n, calendar_n, place, unreachable_at, left_at, successor from person where edition = $1';

/** The first of an edition's own people, in its order, as a page names them. */
export async function ownPeople(db: Db, edition: string, most: number): Promise<Pick<PersonRow, 'id' | 'name' | 'role'>[]> {
  return (
    await db.query<Pick<PersonRow, 'id' | 'name' | 'role'>>(
      'select id, name, role from person where edition = $1 and place is not null order by place limit $2',
      [edition, most],
    )
  ).rows;
}

/** In SQL: people of an edition ($1) but the relays, thousands perhaps, whom none of these asks (a statement) or people names. */
export const fewPeople = (asks: string): string => `
  with few as (${everyone} and role <> 'relay'
    union ${everyone} and id in (select person from ask_person where ask in (${asks})))
  select * from few union select s.* from few f cross join lateral (${everyone} and id = f.substitute offset 0) s`;

/** Everybody in an edition ($1). */
export const everyPerson = `${everyone} order by id`;

/** A person, as a statement that answers JSON gives them. */
export type PersonInJson = InJson<PersonRow, 'unreachable_at' | 'left_at'>;

/** People by their id, out of JSON. */
export const peopleIn = (people: readonly PersonInJson[]): Map<string, PersonRow> =>
  new Map(
    people.map((person) => [person.id, withInstants<PersonRow, 'unreachable_at' | 'left_at'>(person, ['unreachable_at', 'left_at'])]),
  );

/** People of an edition: all of them, or those named. */
export async function peopleOf(db: Db, edition: string, ids?: string[]): Promise<Map<string, PersonRow>> {
  const { rows } = await db.query<PersonRow>(
    ids === undefined ? everyPerson : `${everyone} and id = any($2) order by id`,
    ids === undefined ? [edition] : [edition, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** People of an edition, their substitutes, and everybody in it who is no relay: of those there may be thousands. */
export async function peopleAround(db: Db, edition: string, ids: readonly string[]): Promise<Map<string, PersonRow>> {
  const { rows } = await db.query<PersonRow>(
    `${everyone} and (role <> 'relay' or id = any($2) or id in (select substitute from person where edition = $1 and id = any($2))) order by id`,
    [edition, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Who of an edition has an address, however it is written; undefined when nobody has. */
export async function personAt(db: Db, edition: string, address: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string; email: string }>(
    `select id, email from person
     where edition = $1 and lower(normalize(split_part(email, '@', 1), NFC)) = lower(normalize(split_part($2, '@', 1), NFC)) order by id`,
    [edition, address],
  );
  return rows.find(({ email }) => isSameAddress(email, address))?.id;
}

/** The places in open asks that wait for a person's answer. */
export async function openPlacesOf(db: Db, edition: string, person: string): Promise<{ request: string; ask: string; linkN: number }[]> {
  const { rows } = await db.query<{ request: string; ask: string; linkN: number }>(
    `select p.request, p.ask, p.link_n as "linkN" from ask_person p join ask a on a.id = p.ask
     where p.edition = $1 and p.person = $2 and p.closed is null and a.outcome is null and a.closing is null and a.opened_at is not null
       and not exists (select 1 from ask_person o where o.ask = p.ask and o.seat = p.seat and o.closed in ('answered', 'declined'))
     order by a.due_at, p.ask`,
    [edition, person],
  );
  return rows;
}

/** Two who name somebody at one moment do it in turn. Not the edition's own lock: a review holds that one while it waits for asks. */
export const lockNames = async (tx: Tx, edition: string): Promise<void> =>
  void (await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`${edition}/people`]));

/** The first of `stem-1`, `stem-2` … that nobody of the edition carries; with `digits: 2`, `stem-01`. */
export async function freeId(
  tx: Tx,
  { edition, stem, from = 1, digits = 1 }: { edition: string; stem: string; from?: number; digits?: number },
): Promise<string> {
  const { rows } = await tx.query<{ id: string }>('select id from person where edition = $1 and starts_with(id, $2)', [edition, stem]);
  const taken = new Set(rows.map((row) => row.id));
  for (let n = from; ; n++) {
    const id = `${stem}-${String(n).padStart(digits, '0')}`;
    if (!taken.has(id)) return id;
  }
}
