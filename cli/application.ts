/** `troismains application list|discard`: the applications of an edition, and a way to be rid of drafts that nobody means. */
import type { Command } from 'commander';
import { discardApplications, listApplications } from '../client/verbs/applications.js';
import { isCivilDate } from '../domain/calendar.js';
import { AS, actorOf } from './actor.js';
import { DATA, withInstallation } from './connect.js';
import { type Declared, EDITION, REASON } from './help.js';
import { InputError, print, printJson, terminalOf } from './io.js';
import { knownEdition, noEdition } from './refusals.js';
import { columns } from './table.js';

/** The command `application`. */
export const command: Declared = {
  description: {
    fr: "Les candidatures d'une édition. D'un brouillon, personne ne lit rien.",
    en: 'The applications of an edition. Of a draft, nobody reads anything.',
  },
  example: 'troismains application list val-d-oise-2023',
  commands: {
    list: {
      summary: { fr: 'les candidatures, et les brouillons', en: 'applications, and drafts' },
      args: { '<edition>': EDITION },
      options: DATA,
      example: 'troismains application list val-d-oise-2023',
      run: list,
    },
    discard: {
      summary: { fr: 'effacer des brouillons', en: 'erase drafts' },
      description: {
        fr: "Efface des brouillons que personne n'a voulus : la candidature, le lien et, si rien d'autre ne la concerne, la personne. Ce qui a été envoyé reste. Personne n'est prévenu ; le journal garde les numéros et la raison.",
        en: 'Erases drafts that nobody meant: the application, its link and, where nothing else is theirs, the person. What was submitted stays. Nobody is told; the journal keeps the numbers and the reason.',
      },
      args: {
        '<edition>': EDITION,
        '[ids...]': { fr: 'leurs numéros (troismains application list)', en: 'their numbers (troismains application list)' },
      },
      options: {
        ...DATA,
        ...AS,
        '--before <date>': { fr: 'tous ceux commencés avant ce jour (AAAA-MM-JJ)', en: 'all that were begun before this day (YYYY-MM-DD)' },
        '--reason <text>': { ...REASON, required: true },
      },
      example: 'troismains application discard val-d-oise-2023 a-17 a-18 --reason "adresses inventées"',
      run: discard,
    },
  },
};

async function list(edition: string, _: object, command: Command): Promise<void> {
  const { json, locale } = terminalOf(command);
  const applications = await withInstallation(command, async (installation) => {
    await knownEdition(installation, edition);
    return listApplications(installation, edition);
  });
  if (json) return printJson(applications);
  if (applications.length === 0) return print(locale === 'fr' ? 'Aucune candidature.' : 'No application.');
  const fr = locale === 'fr';
  const state = { draft: fr ? 'brouillon' : 'draft', submitted: fr ? 'envoyée' : 'submitted' };
  print(
    columns(
      fr ? ['Candidature', 'État', 'Commencée', 'De', 'Titre'] : ['Application', 'State', 'Begun', 'By', 'Title'],
      applications.map((one) => [one.id, state[one.state], one.begun, one.by ?? '', one.title ?? '']),
    ),
  );
}

async function discard(
  edition: string,
  ids: string[],
  { before, reason }: { before?: string; reason: string },
  command: Command,
): Promise<void> {
  const { json, locale } = terminalOf(command);
  if ((ids.length === 0) === (before === undefined))
    throw new InputError({
      fr: "Donner des numéros ou --before, l'un des deux : rien n'a été effacé.",
      en: 'Give numbers or --before, one of the two: nothing was erased.',
    });
  if (before !== undefined && !isCivilDate(before))
    throw new InputError({
      fr: `--before : « ${before} » n'est pas un jour (AAAA-MM-JJ).`,
      en: `--before: "${before}" is no day (YYYY-MM-DD).`,
    });
  const done = await withInstallation(command, async (installation) => {
    const actor = await actorOf(command, installation, { deed: 'edition.act', on: { edition } });
    return discardApplications(installation, { edition, ids, reason, actor, ...(before === undefined ? {} : { before }) });
  });
  if (!done.ok)
    throw new InputError(
      done.reason === 'no-edition'
        ? noEdition(edition)
        : {
            fr: `Aucun brouillon ${done.unknown.join(', ')} dans cette édition : rien n'a été effacé.`,
            en: `No draft ${done.unknown.join(', ')} in this edition: nothing was erased.`,
          },
    );
  if (json) return printJson(done);
  const n = done.discarded.length;
  const fr = n === 0 ? 'Aucun brouillon à effacer.' : n === 1 ? 'Un brouillon est effacé.' : `${n} brouillons sont effacés.`;
  const en = n === 0 ? 'No draft to erase.' : n === 1 ? 'One draft is erased.' : `${n} drafts are erased.`;
  print({ fr, en }[locale]);
}
