import { isAddress } from '../../domain/address.js';
import type { AskKind } from '../../domain/asks.js';
import type { Role } from '../../domain/roles.js';
import type { StepId } from '../../domain/steps.js';
import { addedTo } from '../../domain/takingpart.js';
import { problemOfText, tidy, tidyLine } from '../../domain/text.js';
import type { Tx } from '../db.js';
import { freeId, peopleOf, personAt } from '../people.js';
import { planInputs } from '../plans.js';
import type { Planned } from './change.js';
import type { NotDone } from './on-ask.js';
import { lockPeople, type OnEdition, overrideRules } from './on-edition.js';
import { give, insertPerson } from './passing.js';

type Add = OnEdition & { name: string; email: string; role: Role; into?: 'jury' | 'interviews' };

/** Where somebody who was forgotten is asked at once, if it is open; too late once the step is over. */
const asking: Readonly<Record<'jury' | 'interviews' | 'relay', { step: StepId; kind: AskKind }>> = {
  jury: { step: 'jury', kind: 'seat' },
  interviews: { step: 'interviews', kind: 'interview' },
  relay: { step: 'call-open', kind: 'relay' },
};
/** The seats that all of a role share. */
const shared: Partial<Record<Role, string>> = { coordinator: 'coordinators', evaluator: 'evaluators' };

/** Somebody who was forgotten takes part from now on: in their role, and in the jury or the interviews where that is said. */
export async function planAddPerson(tx: Tx, act: Add): Promise<Planned<object> | NotDone> {
  const { role, into, reason, actor = 'coordinator' } = act;
  const found = await lockPeople(tx, act);
  if (!found.ok) return found;
  const { row, open, at } = found;
  const [name, email] = [tidyLine(act.name), tidy(act.email)];
  if (problemOfText(act.name, 'text') !== undefined) return { ok: false, reason: 'name' };
  if (!isAddress(email)) return { ok: false, reason: 'address' };
  const lists = [...(into === undefined ? [] : [into]), ...(role === 'relay' ? (['relay'] as const) : [])];
  const { lived } = await planInputs(tx, row);
  const isOver = (step: StepId) => lived.some((one) => one.step === step && one.finished !== null && one.finished !== undefined);
  if (lists.some((list) => isOver(asking[list].step))) return { ok: false, reason: 'over' };
  const held = await personAt(tx, row.id, email);
  const known = held === undefined ? undefined : (await peopleOf(tx, row.id, [held])).get(held);
  // whoever somebody named holds a place, and no role yet
  if (known !== undefined && (known.role !== 'delegate' || known.left_at !== null)) return { ok: false, reason: 'taken' };
  const id = known?.id ?? (await freeId(tx, { edition: row.id, stem: role }));
  const seats = open.flatMap((ask) =>
    lists.some((list) => ask.step === asking[list].step && ask.kind === asking[list].kind) ? [{ ask, seat: id }] : [],
  );
  const { rows: beside } = await tx.query<{ ask: string }>('select distinct ask from ask_person where ask = any($1) and seat = $2', [
    open.map((ask) => ask.id),
    shared[role] ?? '',
  ]);
  const together = open.flatMap((ask) => (beside.some((one) => one.ask === ask.id) ? [{ ask, seat: shared[role] ?? '' }] : []));
  const given = [...seats, ...together];
  return {
    ok: true,
    actor,
    change: {
      edition: row.id,
      at,
      async write(tx) {
        if (known === undefined) await insertPerson(tx, row.id, { id, name, email, locale: null });
        await tx.query(
          `update person set role = $3, place = (select coalesce(max(place), 0) + 1 from person where edition = $1) where edition = $1 and id = $2`,
          [row.id, id, role],
        );
        for (const { ask, seat } of given) await give(tx, { row, ask, person: id, seat, at });
        const rules = into === undefined ? row.file : addedTo(row.file, into, id);
        await overrideRules(tx, {
          row,
          rules,
          act: 'add',
          detail: { person: id, role, ...(into === undefined ? {} : { into }) },
          actor,
          at,
        });
      },
      entries: [{ verb: 'person.added', subject: id, detail: { role, into: into ?? null }, reason }],
      wake: true,
    },
    done: {},
  };
}
