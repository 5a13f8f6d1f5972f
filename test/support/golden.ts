import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RehearsalDocument } from '../../rehearsal/document.js';

const folder = join(import.meta.dirname, '../workflows/fixtures/rehearsals');

/** The lines of a golden rehearsal, as they were when somebody last looked; rewritten when `UPDATE_GOLDEN` is set. */
export function golden(name: string, lived: readonly string[]): string[] {
  const file = join(folder, `${name}.txt`);
  if (process.env.UPDATE_GOLDEN) writeFileSync(file, `${lived.join('\n')}\n`);
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}

/** What counts of a rehearsal, a line each: dates, who was mailed what and when, outcomes; no wording, no id of a message. */
export function linesOf({ edition, seed, virtual, steps, asks, mails, projects }: RehearsalDocument): string[] {
  const short = (id: string) => id.slice(edition.length + 1);
  const minute = (at: string | null) => at?.slice(0, 16).replace('T', ' ') ?? '–';
  return [
    `${edition} seed ${seed} from ${minute(virtual.from)} to ${minute(virtual.to)}`,
    '',
    'STEPS',
    ...steps.map(
      ({ id, project, started, finished, latestFinish, slackWorkingDays, outcome }) =>
        `${[project, id].filter(Boolean).join(' ')}: ${started} to ${finished}, ${outcome}, at the latest ${latestFinish} (${slackWorkingDays} wd)`,
    ),
    '',
    'PROJECTS',
    ...projects.map(({ id, outcome }) => `${id}: ${outcome}`),
    '',
    'ASKS',
    ...asks.flatMap(({ id, opened, due, end, closed, outcome, people }) => [
      `${short(id)}: ${minute(opened)}, due ${due}, end ${end ?? '∞'}, ${outcome} ${minute(closed)}`,
      ...people.map(({ person, answer, closed: at, mails: n }) => `  ${person}: ${answer} ${minute(at)}, ${n} mails`),
    ]),
    '',
    'MAILS',
    ...mails
      .map(({ at, person, template, asks: items }) => {
        const what = items.map(({ ask, rung, about }) => `${rung} ${short(ask)}${about === undefined ? '' : ` about ${about}`}`);
        return `${minute(at)} ${person}: ${what.length === 0 ? template : what.sort().join(' + ')}`;
      })
      .sort(), // what leaves in one minute leaves in no order
  ];
}
