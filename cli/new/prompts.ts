/** The questions of `troismains new` on a terminal. */
import { cancel, intro, isCancel, text } from '@clack/prompts';
import { isCivilDate } from '../../domain/calendar.js';
import type { Locale } from '../../domain/words.js';
import { CliError } from '../io.js';
import type { Answers } from './template.js';

/** Asks what is not known yet. Throws a `CliError` (1) when the person leaves. */
export async function askAnswers(known: Partial<Answers>, locale: Locale): Promise<Answers> {
  const say = (fr: string, en: string) => (locale === 'fr' ? fr : en);
  const ask = async (
    given: string | undefined,
    message: string,
    placeholder: string,
    wrong: (value: string) => string | undefined,
  ): Promise<string> => {
    if (given !== undefined) return given;
    const answer = await text({ message, placeholder, validate: (value) => wrong(value ?? '') });
    if (!isCancel(answer)) return answer;
    cancel(say('Rien n’a été écrit.', 'Nothing was written.'));
    throw new CliError(1, { fr: 'Abandonné.', en: 'Cancelled.' });
  };
  const needed = (value: string) => (value.trim() === '' ? say('Il faut une réponse.', 'An answer is needed.') : undefined);
  intro('Trois Mains');
  return {
    territory: await ask(known.territory, say('Quelle collectivité ?', 'Which authority?'), "Département du Val d'Oise", needed),
    title: await ask(known.title, say('Titre de l’édition', 'Title of the edition'), 'Expérimentations sociales 2027', needed),
    id: await ask(known.id, say('Identifiant', 'Id'), 'val-d-oise-2027', (value) =>
      /^[a-z0-9][a-z0-9-]*$/.test(value) ? undefined : say('a-z, 0-9 et tirets.', 'a-z, 0-9 and hyphens.'),
    ),
    start: await ask(known.start, say('Premier jour', 'First day'), '2027-01-18', (value) =>
      isCivilDate(value) ? undefined : say('Une date qui existe, AAAA-MM-JJ.', 'A date that exists, YYYY-MM-DD.'),
    ),
  };
}
