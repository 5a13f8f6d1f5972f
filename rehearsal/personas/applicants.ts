/** Who applies to the call of a rehearsal: invented people, as many as the personas say. */
import { addDays, type Calendar, earlierOf } from '../../domain/calendar.js';
import type { Edition } from '../../domain/edition.js';
import type { ScriptedApplicant } from '../people.js';
import { afterAbsence, answered, behaviourOf, dice, timeOf } from './behaviour.js';
import type { Personas } from './read.js';

const names = [
  'Aïcha Benali',
  'Bruno Castel',
  'Chloé Dufresne',
  'Driss Elbaz',
  'Élodie Ferrand',
  'Fatou Guèye',
  'Gaël Huart',
  'Hélène Imbert',
  'Ismaël Jourdan',
  'Jeanne Kessler',
  'Karim Lenoir',
  'Louise Moreau',
];
const solutions = [
  'La maison des premiers pas',
  'Un bus qui vient à vous',
  'Le carnet partagé',
  'Parole libre',
  'Les voisins relais',
  'Une heure pour souffler',
  'Repérer sans juger',
  'Le café des parents',
  'La boussole',
  'Pas à pas',
  'Un lieu à soi',
  'Le fil rouge',
];

/** The applicants, in the order in which they begin: the third is `applicant-03`. Those who come last never submit. */
export function applicantsOf(
  { applications, drafts = 0, rules }: Personas,
  { edition, calendar, seed }: { edition: Edition; calendar: Calendar; seed: number },
): ScriptedApplicant[] {
  const count = applications ?? edition.selection.expectedApplications;
  const relays = edition.people.filter((person) => person.role === 'relay');
  const like = (person: string, since: string) =>
    behaviourOf(rules, { person, role: 'applicant', step: 'call-open', kind: 'apply', since });
  const begun = Array.from({ length: count + drafts }, (_, n) => {
    const roll = dice(seed, `${edition.id}.call-open.apply`, `applicant ${n + 1}`);
    const behaviour = like('', edition.start);
    return { roll, days: roll.within('answersAfter', behaviour.answersAfter, n + 1), time: timeOf(behaviour, roll), n };
  }).sort((a, b) => a.days - b.days || (a.time < b.time ? -1 : a.time > b.time ? 1 : a.n - b.n));
  return begun.map(({ roll, days, time, n }, place) => {
    const name = names[place % names.length] ?? '';
    const relay = roll.happens('relay', 0.6) ? roll.oneOf('which relay', relays) : undefined;
    const title = solutions[place % solutions.length] ?? '';
    const again = place < names.length ? '' : ` ${Math.floor(place / names.length) + 1}`;
    return {
      name: `${name}${again}`,
      email: `porteur-${String(place + 1).padStart(2, '0')}@repetition.example`,
      title: `${title}${again}`,
      need: roll.oneOf('need', edition.needs)?.id ?? '',
      summary: `${title}, déjà éprouvé ailleurs ; une équipe de trois personnes, prête à venir sur le territoire.`,
      ...(relay === undefined ? {} : { relay: relay.id }),
      // in a short call, on its last days
      begins: ({ asked, due }) => ({ on: earlierOf(calendar.add(asked, days), calendar.onOrBefore(addDays(due, -1))), time }),
      ...(n >= count ? {} : { submits }),
    };
  });

  /** Some days after it was begun, or at the reminder it takes; on the last day at the latest. */
  function submits({ person, asked, due, reminded }: Parameters<Extract<ScriptedApplicant['submits'], CallableFunction>>[0]) {
    const behaviour = like(person, asked);
    const roll = dice(seed, `${edition.id}.call-open.apply`, person);
    if (roll.happens('neverAnswers', behaviour.neverAnswers)) return undefined;
    const lastDay = { on: due, time: timeOf(behaviour, roll) };
    const chased = roll.within('needsReminders', behaviour.needsReminders, 0) > 0;
    const alone = { on: afterAbsence(calendar.add(asked, roll.within('submitsAfter', behaviour.submitsAfter, 5)), behaviour, calendar) };
    const moment = chased ? answered({ asked, reminded }, { behaviour, roll, calendar }) : { ...lastDay, ...alone };
    return moment === undefined || moment.on > due ? lastDay : moment;
  }
}
