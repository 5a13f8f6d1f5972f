/** The command line: which commands there are, and how their errors become words and exit codes. */
import { Command, CommanderError } from 'commander';
import { oneLine } from '../domain/clean.js';
import type { Locale, Words } from '../domain/words.js';
import { addGlobals, type Declared, describe, frenchHelp, speaking } from './help.js';
import { type ExitCode, failureOf, failureText, localeOf, printJson, progress } from './io.js';
import { usageText } from './usage.js';

/** A command as the list of commands knows it: its code is loaded only when it is asked for. */
type Listed = Words & { load(): Promise<{ command: Declared }> };

/** Every command. */
export const COMMANDS: Readonly<Record<string, Listed>> = {
  up: { fr: 'tout démarrer sur cette machine', en: 'start everything on this machine', load: () => import('./up.js') },
  new: {
    fr: "un nouveau fichier d'édition, ou une copie à une autre date",
    en: 'a new edition file, or a copy moved to another date',
    load: () => import('./new.js'),
  },
  schema: { fr: "le fichier d'édition en JSON Schema", en: 'the edition file as JSON Schema', load: () => import('./schema.js') },
  plan: { fr: "le rétroplanning d'un fichier d'édition", en: 'the backward schedule of an edition file', load: () => import('./plan.js') },
  rehearse: {
    fr: 'vivre toute une édition en quelques secondes, avant tout mail',
    en: 'live a whole edition in seconds, before anyone gets a mail',
    load: () => import('./rehearse.js'),
  },
  demo: {
    fr: "avancer l'horloge d'une démonstration",
    en: 'move the clock of a demonstration forward',
    load: () => import('./demo.js'),
  },
  cohort: {
    fr: 'démarrer, lister, montrer, annuler des éditions',
    en: 'start, list, show and cancel editions',
    load: () => import('./cohort.js'),
  },
  ask: {
    fr: 'ce qui est demandé à qui : lister, rappeler, prolonger, clore',
    en: 'what is asked of whom: list, nudge, extend, close',
    load: () => import('./ask.js'),
  },
  person: {
    fr: 'qui participe : lister, corriger une adresse',
    en: 'who takes part: list, correct an address',
    load: () => import('./person.js'),
  },
  application: {
    fr: 'les candidatures : lister, effacer des brouillons',
    en: 'applications: list, erase drafts',
    load: () => import('./application.js'),
  },
  mail: {
    fr: "la boîte d'envoi : ce qui est parti, à qui, quand",
    en: 'the outbox: what was sent, to whom, when',
    load: () => import('./mail.js'),
  },
  audit: {
    fr: "qui a fait quoi dans une édition, et si le journal est tel qu'écrit",
    en: 'who did what in an edition, and whether the journal is as it was written',
    load: () => import('./audit.js'),
  },
  account: {
    fr: 'qui peut entrer dans la console, et y faire quoi',
    en: 'who may enter the console, and do what there',
    load: () => import('./account.js'),
  },
  console: { fr: 'un lien à usage unique vers la console', en: 'a one-time link into the console', load: () => import('./console.js') },
  'verify-deploy': {
    fr: 'si ce qui tourne peut continuer avec cette version',
    en: 'whether what runs can be carried on by this build',
    load: () => import('./verify-deploy.js'),
  },
  repair: {
    fr: "remettre les workflows d'accord avec ce qui est vrai",
    en: 'bring the workflows back in line with what is true',
    load: () => import('./repair.js'),
  },
  worker: { fr: 'le processus qui exécute les éditions', en: 'the process that carries editions out', load: () => import('./worker.js') },
  web: {
    fr: 'le processus qui sert les pages et la console',
    en: "the process that serves people's pages and the console",
    load: () => import('./web.js'),
  },
  doctor: {
    fr: 'chaque service : joint, version, droits, DNS du mail, horloge',
    en: 'each dependency: reachable, version, rights, mail DNS, clock',
    load: () => import('./doctor.js'),
  },
};

const EXIT_CODES: Words = {
  fr: `Codes de sortie : 0 fait, 1 en échec, 2 ce qui est donné ne va pas, 3 un plan infaisable ou une garantie violée, 4 un service injoignable.
Toute commande accepte --json (un document JSON sur la sortie standard, rien d'autre), --lang fr|en et --help.`,
  en: `Exit codes: 0 done, 1 failed, 2 the input is wrong, 3 an infeasible plan or a violated guarantee, 4 a service cannot be reached.
Every command takes --json (one JSON document on stdout, nothing else), --lang fr|en and --help.`,
};

/** Runs a command line (without node and script) and answers its exit code. Never throws. */
export async function main(argv: string[]): Promise<number> {
  const args = globalsLast(argv);
  const json = args.includes('--json');
  const locale = localeIn(args);
  process.exitCode = 0;
  process.stdout.on('error', stopOnClosedPipe);
  try {
    const program = await build(args[0] === 'help' ? args[1] : args[0], { json, locale });
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    process.exitCode = told(error, json, locale);
  } finally {
    await new Promise((done) => process.stdout.write('', done));
    process.stdout.off('error', stopOnClosedPipe);
  }
  return typeof process.exitCode === 'number' ? process.exitCode : 0;
}

/** `troismains --json plan FILE` is `troismains plan FILE --json`. */
function globalsLast(argv: readonly string[]): string[] {
  let at = 0;
  while (argv[at] === '--json' || argv[at] === '--lang' || argv[at]?.startsWith('--lang=')) at += argv[at] === '--lang' ? 2 : 1;
  return [...argv.slice(at), ...argv.slice(0, at)];
}

function localeIn(args: readonly string[]): Locale {
  const at = args.indexOf('--lang');
  return localeOf(at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length));
}

/** The program in a language, with the code of the command that is asked for. */
export async function build(asked: string | undefined, { json, locale }: { json: boolean; locale: Locale }): Promise<Command> {
  const say = speaking(locale);
  const program = new Command('troismains')
    .exitOverride()
    .configureOutput({
      outputError: () => {}, // errors are told below, in the reader's language
      ...(json ? { writeErr: () => {} } : {}),
    })
    .configureHelp(locale === 'fr' ? frenchHelp : {});
  describe(program, say, {
    description: {
      fr: "Mène des expérimentations sociales publiques : en fait le rétroplanning, et l'exécute.",
      en: 'Runs public social experimentations: plans them backwards and carries them out.',
    },
    note: EXIT_CODES,
    example: 'troismains plan editions/val-d-oise-2023.yaml',
  });
  for (const [name, { load, ...summary }] of Object.entries(COMMANDS))
    describe(program.command(name), say, name === asked ? (await load()).command : { summary });
  addGlobals(program, say);
  return program;
}

/** Says what went wrong and answers the exit code. */
function told(error: unknown, json: boolean, locale: Locale): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (json) printJson({ error: { exitCode: 2, message: usageText(error, locale) } });
    else if (error.code !== 'commander.help')
      progress(
        `${oneLine(`${locale === 'fr' ? 'Erreur :' : 'error:'} ${usageText(error, locale)}`)}\n(troismains --help, troismains COMMAND --help)`,
      );
    return 2;
  }
  const failure = failureOf(error, locale);
  if (json) printJson(failure);
  else progress(failureText(failure));
  return failure.error.exitCode;
}

/** `troismains … | head` closes our stdout: nothing is wrong then. A file on a full disk takes no result. */
function stopOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`stdout: ${error.message}\n`);
  process.exit(1);
}
