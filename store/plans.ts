import { calendarOf } from '../domain/calendar.js';
import { type Plan, replan } from '../domain/plan.js';
import type { Db } from './db.js';
import type { EditionRow } from './editions.js';
import { factsOf, livedSteps, planFacts, sessionDates } from './facts.js';

/** The plan of one thread – the edition's own, or a project's – from what was lived and from today (plan.md, "While it runs"). */
export async function planNow(db: Db, row: EditionRow, { at, project }: { at: number; project?: string | undefined }): Promise<Plan> {
  const calendar = calendarOf(row.file.territory);
  const lived = await livedSteps(db, row.id, calendar.dateOf);
  const steps = planFacts(lived, project, await factsOf(db, row.id));
  const occurrences = project === undefined ? [] : await sessionDates(db, row.id, project);
  const [first] = occurrences;
  if (first !== undefined) steps.field = { ...steps.field, start: steps.field?.start ?? first, occurrences };
  return replan(row.file, { today: calendar.dateOf(at), steps });
}
