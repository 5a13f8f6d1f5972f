import { dateInWords, timeInWords } from '../../instants.js';
import { inline, partInWords } from '../../phrases.js';
import type { AskView } from '../../view.js';
import { isRoleWord, ROLE_WORDS } from '../../words.js';

/** Why a coordinator, in a mail: one answer is enough for all of them. */
export const coordinators = 'You are one of the coordinators of this edition; one answer is enough for the whole team.';

/** Why a coordinator, on a page. */
export const coordination = () => 'you are one of the coordinators; the first answer from any of you is enough';

/** The project's title as a page has it, or "the project" where there is none. */
export const theProject = ({ project }: AskView) => (project ? `“${project.title}”` : 'the project');

/** The application's title as a page has it. */
export const theApplication = ({ application }: AskView) => (application?.title ? `“${application.title}”` : 'this application');

/** As whom the reader is asked. */
export const asRole = ({ person }: AskView) => (isRoleWord(person.role) ? ROLE_WORDS[person.role].en : 'participant');

/** " on Monday 2 October, from 9:00 to 17:00": the day of the jury, where it is set, and its hours and place. */
export function juryDay(view: AskView): string {
  if (view.event === undefined) return '';
  const { on, hours, place } = view.event;
  const when = hours === undefined ? '' : `, from ${timeInWords(hours.from, 'en')} to ${timeInWords(hours.to, 'en')}`;
  return ` on ${dateInWords(on, view, 'en')}${when}${place === undefined ? '' : ` (${inline(place)})`}`;
}

/** " of Wednesday 13 September", where a `part` is a day. */
export function onDay(part: string | undefined, view: AskView): string {
  const day = partInWords(part, view, 'en');
  return day ? ` of ${day}` : '';
}

/** "3 to 4 projects". */
export function countOf({ min, max }: { min: number; max: number }, one: string): string {
  const noun = max === 1 ? one : `${one}s`;
  return min === max ? `${min} ${noun}` : `${min} to ${max} ${noun}`;
}
