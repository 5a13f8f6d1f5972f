/** The plan as a calendar: whole-day entries with stable ids, so that importing it again updates instead of doubling. */
import ical, { type ICalCalendar } from 'ical-generator';
import { addDays, type CivilDate } from '../../domain/calendar.js';
import { bodyOf } from '../../domain/circuits.js';
import type { Edition } from '../../domain/edition.js';
import type { Plan } from '../../domain/plan.js';
import { stepOf } from '../../domain/steps.js';
import { HAND_WORDS, inWords, type Locale, STEP_WORDS } from '../../domain/words.js';

/** An instant whose UTC date is the civil date: the library writes whole days without a zone. */
const utcDay = (date: CivilDate): Date => new Date(`${date}T00:00:00Z`);

/** The plan as iCalendar text. `stamp` is when it was made; the edition's start by default, so that the same plan is the same text. */
export function planIcs(plan: Plan, edition: Edition, locale: Locale, stamp: Date = utcDay(plan.start)): string {
  const calendar = ical({ name: edition.title, prodId: { company: 'Trois Mains', product: 'troismains', language: locale.toUpperCase() } });
  const add = adder(calendar, edition.id, stamp);
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
      for (const [i, date] of step.occurrences.earliest.entries()) add(`${step.id}.${i + 1}`, `${name} ${i + 1}`, date, date, about);
    else if (start && finish) add(step.id, name, start, finish, about);
    const sitting = step.session?.latest ?? step.session?.earliest;
    if (step.session && sitting) {
      const body = bodyOf(edition, step.session.body).name;
      add(`${step.id}.sitting`, body, sitting.date, sitting.date, [name]);
      add(`${step.id}.file`, locale === 'fr' ? `Dépôt du dossier : ${body}` : `File due: ${body}`, sitting.fileBy, sitting.fileBy, [name]);
    }
  }
  return calendar.toString();
}

const adder =
  (calendar: ICalCalendar, edition: string, stamp: Date) =>
  (key: string, summary: string, from: CivilDate, to: CivilDate, about: readonly string[]) =>
    calendar.createEvent({
      id: `${edition}.${key}@troismains`,
      summary,
      start: utcDay(from),
      end: utcDay(addDays(to, 1)), // exclusive, RFC 5545 3.6.1
      allDay: true,
      stamp,
      description: about.filter((line) => line !== '').join(' · '),
    });
