import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import { isSaidForOthers } from '../../domain/kinds/index.js';
import { replacedIn, roleAfter } from '../../domain/takingpart.js';
import type { AskRow } from '../asks.js';
import type { Tx } from '../db.js';
import { type PersonRow, peopleOf } from '../people.js';
import { hasSubmitted } from '../selection.js';
import type { Planned } from './change.js';
import type { NotDone } from './on-ask.js';
import { lockPeople, type OnEdition, overrideRules, placesOf } from './on-edition.js';
import { give, givenAgain, handedOver, isAwaited, isFree, relieve, type Toward, towards } from './passing.js';

/**
 * Somebody is replaced everywhere: in what is asked of them, in what is to come, in the rules of the edition. Marks and declared interests are nobody
 * else's: those places close. Whoever left is told, and takes part no more.
 */
export async function planReplace(tx: Tx, act: OnEdition & Toward & { person: string }): Promise<Planned<object> | NotDone> {
  const { person, reason, actor = 'coordinator' } = act;
  const found = await lockPeople(tx, act);
  if (!found.ok) return found;
  const { row, open, at } = found;
  const from = (await peopleOf(tx, row.id, [person])).get(person);
  if (from === undefined) return { ok: false, reason: 'no-person' };
  if (from.left_at !== null) return { ok: false, reason: 'left' };
  const toward = await towards(tx, { row, from, ...act });
  if (!toward.ok) return toward;
  const { to } = toward;
  const role = roleAfter(from.role, to.known?.role ?? 'delegate');
  if (role === undefined) return { ok: false, reason: 'role' };
  if (from.role !== 'applicant' && (await hasSubmitted(tx, row.id, to.id))) return { ok: false, reason: 'judges' };

  const places = await placesOf(tx, open, [person, to.id]);
  const theirs = open.flatMap((ask): { ask: AskRow; seat: string; passes: boolean; joins: boolean; again: boolean }[] => {
    const beside = places.get(ask.id) ?? [];
    const place = beside.find((one) => one.person === person);
    if (ask.kind === 'apply' || place === undefined || (place.closed !== null && place.closed !== 'delegated')) return [];
    const other = beside.find((one) => one.person === to.id);
    const passes = isAwaited(place, beside) && isSaidForOthers(ask.kind);
    // who was asked as their substitute is now asked for themselves
    const stands = other !== undefined && other.joined === 'substitute' && other.closed === null && other.seat === place.seat;
    return [{ ask, seat: place.seat, passes: passes && isFree(other), joins: passes && stands, again: other !== undefined }];
  });
  const passed = theirs.filter(({ passes }) => passes);
  return {
    ok: true,
    actor,
    change: {
      edition: row.id,
      at,
      async write(tx) {
        await to.add(tx);
        await relieve(tx, { asks: theirs.map(({ ask }) => ask.id), person, to: to.id, at });
        for (const { ask, seat } of passed) await give(tx, { row, ask, person: to.id, seat, at });
        await tx.query(
          `update ask_person set joined = 'delegate', on_behalf_of = null, joined_at = $3 where ask = any($1) and person = $2`,
          [...[theirs.filter(({ joins }) => joins).map(({ ask }) => ask.id), to.id, new Date(at)]],
        );
        await takeOver(tx, { edition: row.id, from, to: to.id, role, at });
        await overrideRules(tx, {
          row,
          rules: replacedIn(row.file, person, to.id),
          act: 'replace',
          detail: { person, to: to.id },
          actor,
          at,
        });
      },
      entries: [{ verb: 'person.replaced', subject: person, detail: { to: to.id, asks: passed.map(({ ask }) => ask.id) }, reason }],
      mail: {
        dueAt: nextSendingTime(at, calendarOf(row.file.territory)),
        mails: [
          handedOver({ row, asks: theirs.map(({ ask }) => ask.id), person, to: to.id, at }),
          ...passed.filter(({ again }) => again).map(({ ask }) => givenAgain({ row, ask: ask.id, person: to.id, at })),
        ],
      },
      wake: true,
    },
    done: {},
  };
}

/** Whoever is put in somebody's place has it in the edition's order, its substitute, the people it stood in for, and its projects. */
async function takeOver(
  tx: Tx,
  { edition, from, to, role, at }: { edition: string; from: PersonRow; to: string; role: string; at: number },
): Promise<void> {
  await tx.query(
    `update person set left_at = $4, successor = $3, place = null, substitute = null, calendar_n = calendar_n + 1 where edition = $1 and id = $2`,
    [edition, from.id, to, new Date(at)],
  );
  await tx.query('update person set successor = $3 where edition = $1 and successor = $2', [edition, from.id, to]);
  await tx.query('update person set substitute = nullif($3, id) where edition = $1 and substitute = $2', [edition, from.id, to]);
  await tx.query(
    'update person set role = $3, place = coalesce(place, $4), substitute = coalesce(substitute, nullif($5, id)) where edition = $1 and id = $2',
    [...[edition, to, role, from.place, from.substitute]],
  );
  await tx.query(
    `update project set applicant = case when applicant = $2 then $3 else applicant end, directorate = case when directorate = $2 then $3 else directorate end
     where edition = $1 and status = 'running' and $2 in (applicant, directorate)`,
    [edition, from.id, to],
  );
}
