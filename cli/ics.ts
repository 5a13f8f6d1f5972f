/** The plan as a calendar: whole-day entries with stable ids, so that importing it again updates instead of doubling. */
import type { CivilDate } from '../domain/calendar.js';
import type { Edition } from '../domain/edition.js';
import { type IcsEntry, icsOf } from '../domain/ics.js';
import type { Plan } from '../domain/plan.js';
import { bodyOf } from '../domain/sittings.js';
import { stepOf } from '../domain/steps.js';
import { HAND_WORDS, inWords, type Locale, STEP_WORDS } from '../domain/words.js';

/** The plan as iCalendar text. `stamp` is when it was made; the edition's start by default, so that the same plan is the same text. */
export function planIcs(plan: Plan, edition: Edition, locale: Locale, stamp: Date = new Date(`${plan.start}T00:00:00Z`)): string {
  const entries: IcsEntry[] = [];
  const add = (key: string, summary: string, [first, last]: [CivilDate, CivilDate], about: readonly string[]) =>
    entries.push({
      uid: `${edition.id}.${key}@troismains`,
      summary,
      description: about.filter((line) => line !== '').join(' · '),
      when: { first, last },
      changedAt: stamp.getTime(),
    });
  for (const step of plan.steps) {
    const name = STEP_WORDS[step.id][locale];
    const { start, finish } = step.earliest;
    const latest = step.latest.finish;
    const by = locale === 'fr' ? 'au plus tard' : 'at the latest';
    const about = [
      HAND_WORDS[stepOf(step.id).hand][locale],
      latest ? `${by} ${inWords(latest, locale, { year: true })}` : '',
      step.slackWorkingDays === null
        ? ''
        : locale === 'fr'
          ? `marge : ${step.slackWorkingDays} j. ouvrés`
          : `slack: ${step.slackWorkingDays} working days`,
    ];
    if (step.occurrences?.earliest)
      for (const [i, date] of step.occurrences.earliest.entries()) add(`${step.id}.${i + 1}`, `${name} ${i + 1}`, [date, date], about);
    else if (start && finish) add(step.id, name, [start, finish], about);
    const sitting = step.session?.latest ?? step.session?.earliest;
    if (step.session && sitting) {
      const { date, fileBy } = sitting;
      const body = bodyOf(edition, step.session.body).name;
      add(`${step.id}.sitting`, body, [date, date], [name]);
      add(`${step.id}.file`, locale === 'fr' ? `Dépôt du dossier : ${body}` : `File due: ${body}`, [fileBy, fileBy], [name]);
    }
  }
  return icsOf({ locale, name: edition.title, entries });
}
