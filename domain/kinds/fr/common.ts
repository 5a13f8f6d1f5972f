import { dateInWords, timeInWords } from '../../instants.js';
import { inline, partInWords } from '../../phrases.js';
import type { AskView } from '../../view.js';
import { isRoleWord, ROLE_WORDS } from '../../words.js';

/** Why a coordinator, in a mail: one answer is enough for all of them. */
export const coordinators = "Vous faites partie de la coordination de cette édition ; une seule réponse suffit pour toute l'équipe.";

/** Why a coordinator, on a page. */
export const coordination = () => "vous faites partie de la coordination ; la première réponse d'un de ses membres suffit";

/** The project's title as a page has it, or "le projet" where there is none. */
export const theProject = ({ project }: AskView) => (project ? `« ${project.title} »` : 'le projet');

/** The application's title as a page has it. */
export const theApplication = ({ application }: AskView) => (application?.title ? `« ${application.title} »` : 'la candidature');

/** As whom the reader is asked. */
export const asRole = ({ person }: AskView) => (isRoleWord(person.role) ? ROLE_WORDS[person.role].fr : 'participant');

/** ", le lundi 2 octobre, de 9 h à 17 h": the day of the jury, where it is set, and its hours and place. */
export function juryDay(view: AskView): string {
  if (view.event === undefined) return '';
  const { on, hours, place } = view.event;
  const when = hours === undefined ? '' : `, de ${timeInWords(hours.from, 'fr')} à ${timeInWords(hours.to, 'fr')}`;
  return `, le ${dateInWords(on, view, 'fr')}${when}${place === undefined ? '' : ` (${inline(place)})`}`;
}

/** " du mercredi 13 septembre", where a `part` is a day. */
export function onDay(part: string | undefined, view: AskView): string {
  const day = partInWords(part, view, 'fr');
  return day ? ` du ${day}` : '';
}

/** "de 3 à 4 projets". */
export function countOf({ min, max }: { min: number; max: number }, one: string, several: string): string {
  if (min === max) return `${min} ${min > 1 ? several : one}`;
  return `de ${min} à ${max} ${max > 1 ? several : one}`;
}
