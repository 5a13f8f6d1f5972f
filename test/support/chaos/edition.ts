import { readFileSync } from 'node:fs';
import { type Calendar, calendarOf } from '../../../domain/calendar.js';
import type { Edition } from '../../../domain/edition.js';
import type { Script } from '../../../rehearsal/people.js';
import { readPersonas } from '../../../rehearsal/personas/read.js';
import { personaScript } from '../../../rehearsal/personas/script.js';
import { smallEdition } from '../small.js';
import type { Plan } from './plan.js';

/** On these days the clocks change: the last Sundays of March and October. */
const seasons = {
  spring: { start: '2026-03-16', target: '2026-06-05', sittings: ['2026-05-12', '2026-05-26', '2026-06-23', '2026-07-21'] },
  autumn: { start: '2026-10-12', target: '2026-12-18', sittings: ['2026-11-24', '2026-12-08', '2027-01-12', '2027-02-09'] },
} as const;

/** A small edition of a seed: short, one project or two, a circuit that ends with a sitting, and a change of the clocks in the middle. */
export function chaosEdition(plan: Plan): { edition: Edition; source: string; calendar: Calendar; startsAt: number } {
  const season = seasons[plan.clocks];
  const { edition, source } = smallEdition((file) => {
    file.id = `chaos-${plan.seed}`;
    file.start = season.start;
    file.target = season.target;
    file.selection.expectedApplications = 3;
    file.selection.shortlist = { min: 2, max: 2 };
    file.selection.retained = { min: 1, max: plan.projects };
    const bureau = file.territory.sessions?.bureau;
    if (bureau !== undefined && 'dates' in bureau) bureau.dates = [...season.sittings];
  });
  const calendar = calendarOf(edition.territory);
  return { edition, source, calendar, startsAt: calendar.instantAt(edition.start, '08:30') };
}

/** What the people of such an edition do. */
export function chaosScript(edition: Edition, seed: number): Script {
  const reading = readPersonas(readFileSync(new URL('./personas.yaml', import.meta.url), 'utf8'), edition);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return personaScript(reading.personas, { edition, seed });
}
