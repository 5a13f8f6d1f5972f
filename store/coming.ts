/** The mails that leave by themselves, if nobody acts: one by one, and those of them that are held. */
import { allTargetsOf, type Claimed, outlook, targetKey } from '../domain/asks/outlook.js';
import type { Around } from '../domain/asks/place.js';
import { type Calendar, calendarOf } from '../domain/calendar.js';
import type { RungRef } from '../domain/mailrefs.js';
import { type AskRow, columns, type HolderRow, holdersByAsk, placeOf, timesOf } from './asks.js';
import type { Db } from './db.js';
import type { EditionRow } from './editions.js';
import { inOrder, knownOf, type PersonRow, peopleAround } from './people.js';
import { claimedRungs } from './rungs.js';

/** A rung that leaves by itself: when (business instant, epoch ms); `substitutes`: it asks somebody in another's place. */
export interface ComingRung extends RungRef {
  at: number;
  substitutes?: boolean;
}

interface Ladder {
  places: readonly HolderRow[];
  people: ReadonlyMap<string, PersonRow>;
  around: Omit<Around, 'asked'>;
  claimed: ReadonlyMap<string, readonly Claimed[]> | undefined;
  at: number;
  /** Only to this person. */
  only?: string;
}

/** What leaves about an ask that is open until it ends; nothing to whoever cannot be reached. */
export function comingRungs(ask: AskRow, { places, people, around, claimed, at, only }: Ladder): ComingRung[] {
  return allTargetsOf(timesOf(ask), places.map(placeOf), around).flatMap(({ target, steps }): ComingRung[] => {
    if ((only !== undefined && target.addressee !== only) || (people.get(target.addressee)?.unreachable_at ?? null) !== null) return [];
    const before = claimed?.get(targetKey(target)) ?? [];
    const { calendar } = around;
    return outlook({ steps, claimed: before, at, endsAt: ask.ends_at?.getTime(), calendar }).map((mail) => ({
      person: target.addressee,
      ask: ask.id,
      rung: mail.rung,
      ...(target.about === undefined ? {} : { about: target.about }),
      ...(target.substitutes === undefined ? {} : { substitutes: true }),
      at: mail.at,
    }));
  });
}

/** Around the asks of an edition: whom the ladder knows. */
export const aroundOf = (people: ReadonlyMap<string, PersonRow>, calendar: Calendar): Omit<Around, 'asked'> => ({
  known: knownOf(people),
  inOrder: inOrder(people),
  calendar,
});

/** A rung that is held: when it would have left, who holds it, and since when. */
export interface HeldRung extends ComingRung {
  actor: string;
  since: Date;
}

/** An edition that runs, as far as its mails to come go: its open asks, who is in it, what leaves by itself, and what is held of it. */
export interface Outgoing {
  asks: AskRow[];
  people: ReadonlyMap<string, PersonRow>;
  coming: ComingRung[];
  held: HeldRung[];
  /** Some ask has more people than are shown. */
  cut: boolean;
}

/** So many people of an ask are shown; others are found by their name. */
export const mostShown = 200;

const place = 'ask, person, seat, joined, joined_at, on_behalf_of, closed, closed_at, decision';
/**
 * In SQL: places in some asks ($1): the first of those who are waited for, those of some people ($2) of an edition ($3), whoever shares a seat with them, and
 * their substitutes.
 */
const placesShown = `with waited as (
    select w.* from unnest($1::text[]) as a(id) cross join lateral (
      select ${place} from ask_person h where h.ask = a.id and h.closed is null and (select true from ask_person o
        where o.ask = h.ask and o.seat = h.seat and o.closed in ('answered', 'declined') limit 1) is null
      order by h.person limit ${mostShown + 1}) w),
  shown as (select * from waited union select ${place} from ask_person where ask = any($1) and person = any($2)),
  beside as (
    select h.* from shown s cross join lateral (select ${place} from ask_person where ask = s.ask and seat = s.seat and person <> s.person offset 0) h
    union select h.* from shown s join person q on q.edition = $3 and q.id = s.person
      cross join lateral (select ${place} from ask_person where ask = s.ask and person = q.substitute offset 0) h)
  select * from shown union select ${place} from beside order by ask, person`;

/** What is needed to know what leaves about some people of some asks, and about the first of those who are waited for in them. */
export async function laddersNear(
  db: Db,
  row: EditionRow,
  { asks, people: named }: { asks: string[]; people: readonly string[] },
): Promise<Pick<Ladder, 'people' | 'around'> & { holders: Map<string, HolderRow[]>; claimed: Awaited<ReturnType<typeof claimedRungs>> }> {
  const { rows } = await db.query<HolderRow>(placesShown, [asks, named, row.id]);
  const people = await peopleAround(db, row.id, [...rows.map(({ person }) => person), ...named]);
  const claimed = await claimedRungs(db, asks, [...people.keys()]);
  return { holders: holdersByAsk(asks, rows), people, around: aroundOf(people, calendarOf(row.file.territory)), claimed };
}

/** Those of an edition to whom an id or part of a name belongs. */
async function peopleNamed(db: Db, edition: string, who: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select id from person where edition = $1 and (id = $2 or position(lower($2) in lower(name)) > 0) order by id limit ${mostShown}`,
    [edition, who],
  );
  return rows.map(({ id }) => id);
}

/** Where one looks: `ask`: at one only; `who`: to whom an id or part of a name belongs; `about`: whose silence is told; `onlyHeld`: at asks in which something is. */
interface Looked {
  at: number;
  ask?: string | undefined;
  who?: string | undefined;
  about?: string | undefined;
  onlyHeld?: boolean;
}

/** What leaves by itself in an edition, and what is held. Of an ask to thousands the first of those who are waited for are read, or those who are named. */
export async function outgoing(db: Db, row: EditionRow, { at, ask: only, who, about, onlyHeld = false }: Looked): Promise<Outgoing> {
  const { rows: asks } = await db.query<AskRow>(
    `select ${columns} from ask where edition = $1 and outcome is null and closing is null and opened_at is not null and ($2::text is null or id = $2)
       and (not $3 or id in (select ask from hold where edition = $1)) order by opened_at, id`,
    [row.id, only ?? null, onlyHeld],
  );
  const ids = asks.map(({ id }) => id);
  const { rows: holds } = await db.query<Required<RungRef> & { actor: string; since: Date }>(
    'select ask, person, rung, about, actor, at as since from hold where edition = $1 and mail is null and ask = any($2) order by id',
    [row.id, ids],
  );
  const named = who === undefined ? [] : await peopleNamed(db, row.id, who);
  const wanted = [...(about === undefined ? [] : [about]), ...named, ...holds.flatMap(({ person, about }) => [person, about])];
  const near = await laddersNear(db, row, { asks: ids, people: wanted });
  const { holders, people, around, claimed } = near;
  const isNamed = new Set(named);
  const of = (ask: AskRow) => ({ places: holders.get(ask.id) ?? [], people, around, at });
  return {
    asks,
    people,
    coming: onlyHeld
      ? []
      : asks
          .flatMap((ask) => comingRungs(ask, { ...of(ask), claimed: claimed.get(ask.id) }))
          .filter(({ person }) => who === undefined || isNamed.has(person)),
    held: holds.flatMap(({ about, actor, since, ...rung }): HeldRung[] => {
      const ask = asks.find(({ id }) => id === rung.ask);
      if (ask === undefined || (who !== undefined && !isNamed.has(rung.person))) return [];
      const target = { addressee: rung.person, ...(about === '' ? {} : { about }) };
      const theirs = allTargetsOf(timesOf(ask), of(ask).places.map(placeOf), around).find(
        (one) => targetKey(one.target) === targetKey(target),
      );
      const step = theirs?.steps.find((one) => one.rung === rung.rung);
      return step === undefined ? [] : [{ ...rung, ...(about === '' ? {} : { about }), actor, since, at: step.at }];
    }),
    cut: [...holders.values()].some((places) => places.filter(({ closed }) => closed === null).length > mostShown),
  };
}

/** How many mails of an edition are held: rungs of open asks, letters and notices. */
export async function heldIn(db: Db, edition: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from hold h left join ask a on a.id = h.ask
     where h.edition = $1 and (h.mail is not null or a.outcome is null and a.closing is null)`,
    [edition],
  );
  return rows[0]?.n ?? 0;
}
