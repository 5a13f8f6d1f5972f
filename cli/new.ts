/** `troismains new`: a first edition file, or a copy of one moved to another date. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { codeOf } from '../client/unreachable.js';
import { isCivilDate } from '../domain/calendar.js';
import { computePlan } from '../domain/plan.js';
import type { Locale } from '../domain/words.js';
import { editionOf } from './edition-file.js';
import type { Declared } from './help.js';
import { CliError, InputError, printDocument, printJson, progress, readText, type Terminal, terminalOf } from './io.js';
import { type Moved, moveEdition } from './new/move.js';
import { type Answers, firstEdition } from './new/template.js';
import { toldOf } from './new/told.js';

type Flags = { from?: string; start?: string; out?: string; id?: string; title?: string; territory?: string };

/** The command `new`. */
export const command: Declared = {
  description: {
    fr: "Écrit un fichier d'édition. Avec --from : une copie dont chaque date est décalée de semaines entières, commentaires gardés ; échéance, dates fixées et séances passent ensuite à un jour ouvré. Ce qu'il faut vérifier (fermetures, vacances scolaires, séances, jours fixés) est dit, et marqué dans le fichier.",
    en: 'Writes an edition file. With --from: a copy with every date moved by whole weeks, comments kept; target, pins and sittings are then put on a working day. What must be looked at again (closures, school holidays, sittings, fixed days) is said, and marked in the file.',
  },
  options: {
    '--from <file>': { fr: 'le fichier à copier', en: 'the edition file to copy' },
    '--start <date>': {
      fr: 'le premier jour, AAAA-MM-JJ ; une copie commence le premier jour à partir de lui qui est à des semaines entières',
      en: 'the first day, YYYY-MM-DD; a copy starts on the first day not before it that is whole weeks away',
    },
    '--id <id>': { fr: "l'identifiant de la nouvelle édition", en: 'the id of the new edition' },
    '--title <title>': { fr: 'son titre', en: 'its title' },
    '--territory <name>': { fr: 'le nom de la collectivité', en: 'the name of the authority' },
    '--out <file>': {
      fr: "où l'écrire (par défaut : la sortie standard) ; jamais sur un fichier qui existe",
      en: 'where to write it (default: stdout); never over an existing file',
    },
  },
  example:
    'troismains new --from editions/val-d-oise-2023.yaml --start 2027-01-18 --id val-d-oise-2027 --out editions/val-d-oise-2027.yaml',
  run: async (flags: Flags, command: Command) => {
    const terminal = terminalOf(command);
    checkStart(flags.start);
    const moved = flags.from === undefined ? undefined : await copyOf(flags.from, flags, terminal.locale);
    const text = moved?.text ?? firstEdition(await answersOf(flags, terminal));
    const edition = editionOf(text, flags.out ?? 'edition');
    const plan = computePlan(edition);
    const asked = flags.start ?? edition.start;
    for (const line of toldOf({ asked, start: edition.start, plan, moved }, terminal.locale)) progress(line);
    for (const problem of plan.problems) progress(problem.message[terminal.locale]);
    if (flags.out !== undefined) await writeNew(flags.out, text);
    if (terminal.json)
      printJson({
        id: edition.id,
        asked,
        start: edition.start,
        begins: plan.steps[0]?.earliest.start ?? edition.start,
        target: edition.target,
        feasible: plan.feasible,
        ...(moved === undefined
          ? {}
          : {
              weeks: moved.weeks,
              offDays: moved.offDays,
              check: moved.toCheck.map(({ path, why }) => ({ path: path.join('.'), why: why[terminal.locale] })),
            }),
        ...(flags.out === undefined ? { yaml: text } : { out: flags.out }),
      });
    else if (flags.out === undefined) printDocument(text);
    else
      progress(
        terminal.locale === 'fr'
          ? `${flags.out} est écrit ; pour le voir : troismains plan ${flags.out}`
          : `${flags.out} is written; to see it: troismains plan ${flags.out}`,
      );
  },
};

function checkStart(start: string | undefined): void {
  if (start === undefined || isCivilDate(start)) return;
  throw new InputError({
    fr: `--start ${start} : on attend une date qui existe, AAAA-MM-JJ.`,
    en: `--start ${start}: this should be a date that exists, YYYY-MM-DD.`,
  });
}

async function copyOf(from: string, { start, id, title, territory }: Flags, locale: Locale): Promise<Moved> {
  if (start === undefined) throw new InputError({ fr: '--from demande --start DATE.', en: '--from needs --start DATE.' });
  const text = await readText(from);
  editionOf(text, from);
  return moveEdition(text, { start, id, title, territory }, locale);
}

async function answersOf({ start, id, title, territory }: Flags, terminal: Terminal): Promise<Answers> {
  if (start !== undefined && id !== undefined && title !== undefined && territory !== undefined) return { start, id, title, territory };
  if (process.stdin.isTTY && !terminal.json)
    return (await import('./new/prompts.js')).askAnswers({ start, id, title, territory }, terminal.locale);
  throw new InputError({
    fr: 'Hors d’un terminal, il faut --id, --title, --territory et --start, ou bien --from et --start.',
    en: 'Away from a terminal this needs --id, --title, --territory and --start, or --from and --start.',
  });
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) === 'EEXIST')
      throw new InputError({ fr: `${path} existe déjà : choisir un autre nom.`, en: `${path} exists already: choose another name.` });
    throw new CliError(1, { fr: `${path} ne peut pas être écrit.`, en: `${path} cannot be written.` }, { cause: error });
  }
}
