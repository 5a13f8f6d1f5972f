/** What `new` says of the dates it chose: none is changed without a word. */
import type { CivilDate } from '../../domain/calendar.js';
import type { Plan } from '../../domain/plan.js';
import { inWords, type Locale } from '../../domain/words.js';
import type { Moved } from './move.js';

/** The lines to print: the first day where it is not the one asked for, what was on a day off, what to look at again. */
export function toldOf(
  { asked, start, plan, moved }: { asked: CivilDate; start: CivilDate; plan: Plan; moved?: Moved | undefined },
  locale: Locale,
): string[] {
  const fr = locale === 'fr';
  const day = (date: CivilDate) => inWords(date, locale, { year: true });
  const begins = plan.steps[0]?.earliest.start ?? start;
  const { weeks = 0, offDays = [], toCheck = [] } = moved ?? {};
  return [
    ...(asked === start
      ? []
      : [
          fr
            ? `Début demandé : ${day(asked)} ; pris : ${day(start)}, ${weeks} semaines après l'original, pour que chaque date garde son jour de la semaine.`
            : `Start asked for: ${day(asked)}; taken: ${day(start)}, ${weeks} weeks from the original, so that each date keeps its day of the week.`,
        ]),
    ...(begins === start
      ? []
      : [
          fr
            ? `Le ${day(start)} est chômé : l'édition commence le ${day(begins)}.`
            : `${day(start)} is a day off: the edition begins on ${day(begins)}.`,
        ]),
    ...offDays.map(({ path, from, to }) =>
      fr ? `${path} : le ${day(from)} est chômé, mis au ${day(to)}.` : `${path}: ${day(from)} is a day off, put on ${day(to)}.`,
    ),
    ...(toCheck.length === 0
      ? []
      : [fr ? 'À vérifier, un commentaire le dit à sa place dans le fichier :' : 'To check, where a comment says so in the file:']),
    ...toCheck.map(({ path, why }) => `  ${path.join('.')}${fr ? ' : ' : ': '}${why[locale]}`),
  ];
}
