import type { Db } from './db.js';
import type { EditionRow } from './editions.js';
import { listOf } from './json.js';
import { everyPerson, type PersonInJson, type PersonRow, peopleIn } from './people.js';
import { type PlanColumns, type PlanInputs, planColumns, planInputsOf } from './plans.js';

/** What plans of an edition are made from, and its people. */
export interface Standing {
  inputs: PlanInputs;
  people: ReadonlyMap<string, PersonRow>;
}

/** Reads it, in one statement. */
export async function standingOf(db: Db, row: EditionRow): Promise<Standing> {
  const { rows } = await db.query<PlanColumns & { people: PersonInJson[] }>(`select ${planColumns}, ${listOf(everyPerson)} as people`, [
    row.id,
  ]);
  const [found] = rows;
  if (found === undefined) throw new Error('a statement without a condition answers one row');
  return { inputs: planInputsOf(row, found), people: peopleIn(found.people) };
}
