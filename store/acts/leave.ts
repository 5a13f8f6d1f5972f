import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import { bound, leftFrom } from '../../domain/takingpart.js';
import type { Tx } from '../db.js';
import { ofRole, peopleOf } from '../people.js';
import { projectsOf } from '../projects.js';
import type { Planned } from './change.js';
import type { NotDone } from './on-ask.js';
import { lockPeople, type OnEdition, overrideRules, placesOf } from './on-edition.js';
import { handedOver, relieve } from './passing.js';

/** Somebody takes part no more, and nobody instead: their places close. Refused where the programme cannot do without: they are replaced first. */
export async function planLeave(tx: Tx, act: OnEdition & { person: string }): Promise<Planned<object> | NotDone> {
  const { person, reason, actor = 'coordinator' } = act;
  const found = await lockPeople(tx, act);
  if (!found.ok) return found;
  const { row, open, at } = found;
  const people = await peopleOf(tx, row.id);
  const from = people.get(person);
  if (from === undefined) return { ok: false, reason: 'no-person' };
  if (from.left_at !== null) return { ok: false, reason: 'left' };
  const projects = (await projectsOf(tx, row.id)).filter(({ status }) => status === 'running');
  const why = bound(row.file, person, { coordinators: ofRole(people, 'coordinator'), projects });
  if (why !== undefined) return { ok: false, reason: why };
  const places = await placesOf(tx, open, [person]);
  const asks = open.filter(
    ({ id, kind }) =>
      kind !== 'apply' &&
      places.get(id)?.some((place) => place.person === person && (place.closed === null || place.closed === 'delegated')),
  );
  return {
    ok: true,
    actor,
    change: {
      edition: row.id,
      at,
      async write(tx) {
        await relieve(tx, { asks: asks.map(({ id }) => id), person, at });
        await tx.query(
          'update person set left_at = $3, place = null, substitute = null, calendar_n = calendar_n + 1 where edition = $1 and id = $2',
          [row.id, person, new Date(at)],
        );
        await tx.query('update person set substitute = null where edition = $1 and substitute = $2', [row.id, person]);
        await overrideRules(tx, { row, rules: leftFrom(row.file, person), act: 'leave', detail: { person }, actor, at });
      },
      entries: [{ verb: 'person.left', subject: person, detail: { asks: asks.map(({ id }) => id) }, reason }],
      mail: {
        dueAt: nextSendingTime(at, calendarOf(row.file.territory)),
        mails: [handedOver({ row, asks: asks.map(({ id }) => id), person, at })],
      },
      wake: true,
    },
    done: {},
  };
}
