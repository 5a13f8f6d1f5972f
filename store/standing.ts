import type { Db } from './db.js';
import type { EditionRow } from './editions.js';
import { listOf } from './json.js';
import { everyPerson, type PersonInJson, type PersonRow, peopleIn } from './people.js';
import { type PlanColumns, type PlanInputs, planColumns, planInputsOf } from './plans.js';

/** What plans of an edition are made from, and its people. */
export interface Standing {
  inputs: PlanInputs;
  people: ReadonlyMap<string, PersonRow>;
  /** Which number of links to its calendar is valid. */
  calendarN: number;
}

/** Reads it, in one statement. */
export async function standingOf(db: Db, row: EditionRow): Promise<Standing> {
  const { rows } = await db.query<PlanColumns & { people: PersonInJson[]; calendarN: number }>(
    `select ${planColumns}, ${listOf(everyPerson)} as people, (select calendar_n from edition where id = $1) as "calendarN"`,
    [row.id],
  );
  const [found] = rows;
  if (found === undefined) throw new Error('a statement without a condition answers one row');
  return { inputs: planInputsOf(row, found), people: peopleIn(found.people), calendarN: found.calendarN };
}
