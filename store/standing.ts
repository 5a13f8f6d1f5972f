import type { EditionRules } from '../domain/edition.js';
import type { Db } from './db.js';
import type { EditionRow } from './editions.js';
import { inEach, listOf } from './json.js';
import { everyPerson, type PersonInJson, type PersonRow, peopleIn } from './people.js';
import { type PlanColumns, type PlanInputs, planColumns, planInputsOf } from './plans.js';

/** What plans of an edition are made from, and its people. */
export interface Standing {
  inputs: PlanInputs;
  people: ReadonlyMap<string, PersonRow>;
  /** Which number of links to its calendar is valid. */
  calendarN: number;
  /** The rules that it was started with, before anything was changed of them. */
  started: EditionRules;
}

/** Reads it, of some editions, in one statement; by their id. */
export async function standingsOf(db: Db, editions: readonly EditionRow[]): Promise<Map<string, Standing>> {
  const { rows } = await db.query<PlanColumns & { id: string; people: PersonInJson[]; calendarN: number; started: EditionRules | null }>(
    `select e.id, ${inEach(planColumns)}, ${listOf(inEach(everyPerson))} as people, e.calendar_n as "calendarN",
       (select o.before from override o where o.edition = e.id order by o.id limit 1) as started from edition e where e.id = any($1)`,
    [editions.map(({ id }) => id)],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    editions.flatMap((row) => {
      const one = found.get(row.id);
      return one === undefined
        ? []
        : [
            [
              row.id,
              { inputs: planInputsOf(row, one), people: peopleIn(one.people), calendarN: one.calendarN, started: one.started ?? row.file },
            ] as const,
          ];
    }),
  );
}

/** Reads it, of one edition. */
export async function standingOf(db: Db, row: EditionRow): Promise<Standing> {
  const found = (await standingsOf(db, [row])).get(row.id);
  if (found === undefined) throw new Error(`there is no edition ${row.id}`);
  return found;
}
