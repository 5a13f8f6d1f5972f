import { isAddress } from '../../domain/address.js';
import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import { mayHoldSeat } from '../../domain/judging.js';
import { isDelegable } from '../../domain/kinds/index.js';
import { problemOfText, tidy, tidyLine } from '../../domain/text.js';
import { type AskRow, requestId, seatPeople } from '../asks.js';
import type { Db, Store, Tx } from '../db.js';
import { freeId, lockNames, personAt } from '../people.js';
import type { Queued } from '../queue.js';
import { type Planned, perform, type When } from './change.js';
import { type Act, lockPlace, type Refusal, refusalOf } from './place.js';

type Named = { request: string; name: string; email: string } & When;

/** "Not me, or I am away": the place passes to somebody else, and the trail shows both. */
export const delegate = (store: Store, act: Named): Promise<Act> => perform(store, act, (tx) => planDelegate(tx, act));

async function planDelegate(tx: Tx, { request, name: typedName, email: typedEmail, ...when }: Named): Promise<Planned<object> | Refusal> {
  const [name, email] = [tidyLine(typedName), tidy(typedEmail)];
  const place = await lockPlace(tx, request, when);
  if (place === undefined) return { ok: false, reason: 'unknown' };
  const { row, ask, person, seat, at } = place;
  const refusal = refusalOf({ ...place, reopened: false });
  if (refusal !== undefined) return refusal;
  const problem = problemOfText(typedName, 'text');
  if (problem !== undefined) return { ok: false, reason: 'invalid', problems: [{ field: 'name', problem }] };
  if (!isDelegable(ask.kind)) return { ok: false, reason: 'closed' };
  if (!isAddress(email)) return { ok: false, reason: 'address' };
  await lockNames(tx, row.id);
  const known = await personAt(tx, row.id, email);
  if (known !== undefined && (await isBarred(tx, ask, known))) return { ok: false, reason: 'address' };
  const to = known ?? (await freeId(tx, { edition: row.id, stem: person }));
  const again = known !== undefined && (await wasSpared(tx, ask.id, known));
  return {
    ok: true,
    actor: person,
    change: {
      edition: row.id,
      at,
      async write(tx) {
        if (known === undefined) await insertLike(tx, { edition: row.id, id: to, like: person, name, email });
        await tx.query(`update ask_person set closed = 'delegated', closed_at = $2, delegated_to = $3 where request = $1`, [
          request,
          new Date(at),
          to,
        ]);
        await seatPeople(tx, { row, ask: ask.id, people: [{ person: to, seat, onBehalfOf: person, joined: 'delegate' }], at });
        if (again)
          await tx.query(
            `update ask_person set closed = null, closed_at = null, delegated_to = null, relieved = false, seat = $3, on_behalf_of = $4, joined_at = $5
             where ask = $1 and person = $2`,
            [ask.id, to, seat, person, new Date(at)],
          );
      },
      entries: [{ verb: 'ask.delegated', subject: ask.id, detail: { to } }],
      ...(again
        ? {
            mail: {
              dueAt: nextSendingTime(at, calendarOf(row.file.territory)),
              mails: [namedAgain(requestId(ask.id, to, row.request_salt), to, at)],
            },
          }
        : {}),
      wake: true,
    },
    done: {},
  };
}

/** Whose place was taken back may be named again. */
const spared = `(joined = 'delegate' and closed is not distinct from 'not-needed')`;

const wasSpared = async (db: Db, ask: string, person: string): Promise<boolean> =>
  (await db.query(`select 1 from ask_person where ask = $1 and person = $2 and ${spared}`, [ask, person])).rows.length > 0;

/** Their first mail about it has left before, and no rung leaves twice: they are written to by a link. */
const namedAgain = (request: string, person: string, at: number): Queued => ({
  key: `link.${request}.named.${at}`,
  person,
  template: 'link',
  context: { request, why: 'named' },
});

/** Whether somebody cannot be named: they have a place in the ask already, or may not judge. */
async function isBarred(db: Db, ask: AskRow, person: string): Promise<boolean> {
  const { rows } = await db.query<{ asked: boolean; applied: boolean }>(
    `select exists (select 1 from ask_person where ask = $1 and person = $3 and not ${spared}) as asked,
       exists (select 1 from application where edition = $2 and person = $3 and state = 'submitted') as applied`,
    [ask.id, ask.edition, person],
  );
  const { asked = false, applied: hasSubmitted = false } = rows[0] ?? {};
  return asked || !mayHoldSeat(ask, { hasSubmitted });
}

/** A new person, in the language of whoever named them: they hold the place they were named for, and have no role in the edition. */
async function insertLike(
  tx: Tx,
  { edition, id, like, name, email }: { edition: string; id: string; like: string; name: string; email: string },
): Promise<void> {
  await tx.query(
    `insert into person (edition, id, role, name, email, locale)
     select $1, $3, 'delegate', $4, $5, p.locale from person p where p.edition = $1 and p.id = $2`,
    [edition, like, id, name, email],
  );
}

/** Whoever named somebody answers themselves after all: possible until somebody has answered from their seat. */
export const takeBack = (store: Store, act: { request: string } & When): Promise<Act> => perform(store, act, (tx) => planTakeBack(tx, act));

async function planTakeBack(tx: Tx, { request, ...when }: { request: string } & When): Promise<Planned<object> | Refusal> {
  const place = await lockPlace(tx, request, when);
  if (place === undefined) return { ok: false, reason: 'unknown' };
  const { row, ask, person, at, closed } = place;
  if (closed !== 'delegated') return { ok: false, reason: closed === null ? 'closed' : 'already-answered' };
  const refusal = refusalOf({ ...place, closed: null, reopened: false });
  if (refusal !== undefined) return refusal;
  return {
    ok: true,
    actor: person,
    change: {
      edition: row.id,
      at,
      async write(tx) {
        // whom this person named, whom that one named …: nobody else of the seat
        await tx.query(
          `with recursive chain as (
             select person, delegated_to from ask_person where request = $1
             union all
             select p.person, p.delegated_to from chain c
             join ask_person p on p.ask = $2 and p.person = c.delegated_to and p.joined = 'delegate' and p.on_behalf_of = c.person)
           update ask_person set closed = 'not-needed', closed_at = $3, delegated_to = null
           where ask = $2 and person in (select delegated_to from chain) and joined = 'delegate' and (closed is null or closed = 'delegated')`,
          [request, ask.id, new Date(at)],
        );
        await tx.query('update ask_person set closed = null, closed_at = null, delegated_to = null where request = $1', [request]);
      },
      entries: [{ verb: 'ask.taken-back', subject: ask.id, detail: { from: place.delegatedTo } }],
      wake: true,
    },
    done: {},
  };
}
