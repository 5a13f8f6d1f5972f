/** `troismains rehearse FILE`: a whole edition in seconds, before anyone gets a mail. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { calendarOf } from '../domain/calendar.js';
import type { Edition } from '../domain/edition.js';
import { planText } from '../domain/plan/table.js';
import { computePlan, planJson } from '../domain/plan.js';
import { inWords, type Locale, PHASE_WORDS } from '../domain/words.js';
import { isPersonaSet, PERSONA_SETS, type Personas, personaSet, readPersonas } from '../rehearsal/personas/read.js';
import { type Progress, type Rehearsal, rehearse } from '../rehearsal/rehearse.js';
import { openStage } from '../rehearsal/stage.js';
import { editionOf, refusedFile } from './edition-file.js';
import { type Declared, EDITION_FILE, wholeNumber } from './help.js';
import { exitWith, InputError, painter, print, printJson, progress, readText, type Terminal, terminalOf, UnreadableFile } from './io.js';
import { againCommand, mostSeeds, refuseBoth, rehearseMany } from './rehearse/many.js';
import { type ReportFiles, reportFolder, writeReport } from './rehearse/report.js';
import { summaryText } from './rehearse/summary.js';
import { SUMMARY_WORDS } from './rehearse/words.js';
import { interruptible, onStack } from './stack.js';

const mostSeed = 999_999_999;

type Flags = { seed?: number; seeds?: number; personas: string; out?: string };

/** The command `rehearse`. */
export const command: Declared = {
  description: {
    fr: "Vit une édition du premier jour à la restitution, en temps virtuel, avec des personnes qui se conduisent comme les profils le disent, et montre chaque mail que chacun recevrait. Rien ne quitte cette machine, et rien n'est gardé que le compte rendu.",
    en: 'Lives an edition from its first day to its restitution in virtual time, with people who behave as personas say, and tells every mail that each would get. Nothing leaves this machine, and nothing but the report is kept.',
  },
  args: { '<file>': EDITION_FILE },
  options: {
    '--seed <n>': {
      fr: 'laquelle des vies possibles : la même graine donne la même (par défaut : 1)',
      en: 'which of the possible lives: the same seed gives the same one (default: 1)',
      read: wholeNumber(1, mostSeed),
    },
    '--seeds <n>': {
      fr: "la vivre tant de fois, et dire combien de fois l'échéance tient et quelles étapes mangent la marge",
      en: 'live it so many times, and say how often the target date holds and which steps eat the slack',
      read: wholeNumber(1, mostSeeds),
    },
    '--personas <file>': {
      fr: 'la conduite des personnes : punctual, realistic, summer-late, ou un fichier (docs/personas.md)',
      en: 'how people behave: punctual, realistic, summer-late, or a file (docs/personas.md)',
      value: 'realistic',
    },
    '--out <folder>': {
      fr: 'où écrire le compte rendu : index.html, report.json, mails.mbox, plan.ics',
      en: 'where to write the report: index.html, report.json, mails.mbox, plan.ics',
    },
  },
  note: {
    fr: "Code de sortie 3 quand le plan est infaisable, qu'une garantie est violée, ou que l'édition ne finit pas.",
    en: 'Exit code 3 when the plan is infeasible, a guarantee is violated, or the edition never ends.',
  },
  example: 'troismains rehearse editions/val-d-oise-2023.yaml --out report',
  run,
};

async function run(file: string, flags: Flags, command: Command): Promise<void> {
  const terminal = terminalOf(command);
  const { json, locale } = terminal;
  refuseBoth(flags);
  const source = await readText(file);
  const edition = editionOf(source, file);
  const plan = computePlan(edition);
  if (!plan.feasible) {
    if (json) printJson({ error: { exitCode: 3, message: 'infeasible', plan: planJson(plan, locale) } });
    else print(planText(plan, edition.title, { locale, width: terminal.width, paint: painter(terminal.colour) }));
    return exitWith(3);
  }
  const personas = await personasOf(flags.personas, edition);
  const { out } = flags;
  if (out !== undefined) await reportFolder(out);
  const tell = await interruptible(terminal, (signal) => lived({ file, source, edition, personas, flags, signal }, terminal));
  tell();
}

/** What is lived, and how it was asked for. */
type Asked = { file: string; source: string; edition: Edition; personas: Personas; flags: Flags; signal: AbortSignal };

/** Lives it, and writes its report; answers how to tell it. */
async function lived({ file, source, edition, personas, flags, signal: interruption }: Asked, terminal: Terminal): Promise<() => void> {
  const { json, locale } = terminal;
  const { out } = flags;
  const again = (seed: number) => againCommand(file, { seed, personas: flags.personas });
  if (flags.seeds !== undefined)
    return rehearseMany({ edition, source, personas, seeds: flags.seeds, out, again, signal: interruption }, terminal);
  const input = { edition, source, personas, seed: flags.seed ?? 1, progress: teller(edition, terminal) };
  const rehearsal = await onStack({ locale, signal: interruption }, async (services, signal) => {
    const stage = await openStage(services);
    try {
      return await rehearse(stage, { ...input, signal });
    } finally {
      await stage.strike().catch(() => undefined); // the stack goes with it
    }
  });
  if (out !== undefined) await writeReport(out, await reportOf(rehearsal, { personas, locale }), interruption);
  return () => {
    if (json) printJson(rehearsal.document);
    else {
      const where =
        out === undefined
          ? { report: SUMMARY_WORDS[locale].askForReport, command: again(input.seed) }
          : { report: join(out, 'index.html') };
      print(
        summaryText(
          rehearsal,
          { personas: personas.title[locale], ...where },
          { locale, width: terminal.width, paint: painter(terminal.colour) },
        ),
      );
    }
    const { guarantees, stopped } = rehearsal.document;
    if (stopped !== undefined || guarantees.some(({ violations }) => violations.length > 0)) exitWith(3);
  };
}

/** The files of a report. */
async function reportOf(rehearsal: Rehearsal, { personas, locale }: { personas: Personas; locale: Locale }): Promise<ReportFiles> {
  const { document, record, plan, edition } = rehearsal;
  const { reportPage } = await import('../rehearsal/report/page.js');
  const { mbox } = await import('../rehearsal/report/mbox.js');
  const { planIcs } = await import('./ics.js');
  return {
    'index.html': reportPage({ rehearsal, personas: personas.title[locale], locale }),
    'report.json': `${JSON.stringify(document, null, 1)}\n`,
    'mails.mbox': mbox(record.mails),
    'plan.ics': planIcs(plan, edition, locale),
  };
}

/** Personas by name, or from a file. Throws an `InputError` with every problem. */
async function personasOf(given: string, edition: Edition): Promise<Personas> {
  if (isPersonaSet(given)) return personaSet(given);
  const text = await readText(given).catch((error) => {
    if (!(error instanceof UnreadableFile)) throw error;
    const names = PERSONA_SETS.join(', ');
    throw new InputError({
      fr: `--personas ${given} : ni un nom connu (${names}), ni un fichier qui puisse être lu. Rien n'a été fait.`,
      en: `--personas ${given}: neither a known name (${names}) nor a file that can be read. Nothing was done.`,
    });
  });
  const reading = readPersonas(text, edition);
  if (reading.ok) return reading.personas;
  throw refusedFile(given, reading);
}

/** Tells how far a rehearsal is: the virtual date, the phase, the mails so far. */
function teller(edition: Edition, { locale }: Terminal) {
  const calendar = calendarOf(edition.territory);
  return ({ at, phase, mails }: Progress): void => {
    const day = inWords(calendar.dateOf(at), locale, { year: true });
    const words = locale === 'fr' ? `${mails} mail${mails > 1 ? 's' : ''}` : `${mails} mail${mails === 1 ? '' : 's'}`;
    progress(`  ${day} · ${phase === null ? '' : `${PHASE_WORDS[phase][locale]} · `}${words}`);
  };
}
