/** The command line: which commands there are, and how their errors become words and exit codes. */
import { Command, CommanderError, Option } from 'commander';
import { LOCALES, type Locale } from '../domain/words.js';
import { frenchHelp, inFrench, linesInFrench } from './help.js';
import { type ExitCode, failureOf, failureText, localeOf, printJson } from './io.js';
import { usageText } from './usage.js';

/** A command's file: `register` adds the command, and its options, to the program. */
export type CommandModule = { register(program: Command): void };
/** A command as the list of commands knows it: its code is loaded only when it is asked for. */
type Listed = { names: readonly string[]; summary: string; load(): Promise<CommandModule> };

/** Every command. */
export const COMMANDS: readonly Listed[] = [
  { names: ['up'], summary: 'start everything on this machine', load: () => import('./up.js') },
  { names: ['new'], summary: 'a new edition file, or a copy moved to another date', load: () => import('./new.js') },
  { names: ['schema'], summary: 'the edition file as JSON Schema', load: () => import('./schema.js') },
  { names: ['plan'], summary: 'the backward schedule of an edition file', load: () => import('./plan.js') },
  { names: ['rehearse'], summary: 'live a whole edition in seconds, before anyone gets a mail', load: () => import('./rehearse.js') },
  { names: ['cohort'], summary: 'start, list, show and cancel editions', load: () => import('./cohort.js') },
  { names: ['ask'], summary: 'what is asked of whom: list, nudge, extend, close', load: () => import('./ask.js') },
  { names: ['person'], summary: 'who takes part: list, correct an address', load: () => import('./person.js') },
  { names: ['mail'], summary: 'the outbox: what was sent, to whom, when', load: () => import('./mail.js') },
  {
    names: ['audit'],
    summary: 'who did what in an edition, and whether the journal is as it was written',
    load: () => import('./audit.js'),
  },
  { names: ['console'], summary: 'a one-time link into the console', load: () => import('./console.js') },
  { names: ['verify-deploy'], summary: 'whether what runs can be carried on by this build', load: () => import('./verify-deploy.js') },
  { names: ['repair'], summary: 'bring the workflows back in line with what is true', load: () => import('./repair.js') },
  { names: ['worker'], summary: 'the process that carries editions out', load: () => import('./worker.js') },
  { names: ['web'], summary: "the process that serves people's pages and the console", load: () => import('./web.js') },
  { names: ['doctor'], summary: 'each dependency: reachable, version, rights, mail DNS, clock', load: () => import('./doctor.js') },
];

const EXIT_CODES = `
Exit codes: 0 done, 1 failed, 2 the input is wrong, 3 an infeasible plan or a violated guarantee, 4 a service cannot be reached.
Every command takes --json (one JSON document on stdout, nothing else), --lang fr|en and --help.

Example:
  troismains plan editions/val-d-oise-2023.yaml`;

/** Runs a command line (without node and script) and answers its exit code. Never throws. */
export async function main(argv: string[]): Promise<number> {
  const args = globalsLast(argv);
  const json = args.includes('--json');
  const locale = localeIn(args);
  process.exitCode = 0;
  process.stdout.on('error', stopOnClosedPipe);
  try {
    const program = await build(args[0], { json, locale });
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
  const french = locale === 'fr';
  const program = new Command('troismains')
    .description('Runs public social experimentations: plans them backwards and carries them out.')
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .configureOutput({
      outputError: () => {}, // errors are told below, in the reader's language
      ...(json ? { writeErr: () => {} } : {}),
      ...(french ? { writeOut: (text) => void process.stdout.write(linesInFrench(text)) } : {}),
    })
    .configureHelp(french ? frenchHelp : {});
  for (const command of COMMANDS) {
    if (asked !== undefined && command.names.includes(asked)) (await command.load()).register(program);
    else for (const name of command.names) program.command(name).summary(command.summary);
  }
  addGlobals(program);
  if (french) inFrench(program);
  return program;
}

/** Every command has `--json` and `--lang`, whether or not its file says so. */
function addGlobals(command: Command): void {
  const has = (long: string) => command.options.some((option) => option.long === long);
  if (!has('--json')) command.option('--json', 'one JSON document on stdout, nothing else');
  if (!has('--lang')) command.addOption(new Option('--lang <lang>', 'language of the words (default: LANG)').choices(LOCALES));
  for (const sub of command.commands) addGlobals(sub);
}

/** Says what went wrong and answers the exit code. */
function told(error: unknown, json: boolean, locale: Locale): ExitCode {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    if (json) printJson({ error: { exitCode: 2, message: usageText(error, locale) } });
    else if (error.code !== 'commander.help')
      process.stderr.write(
        `${locale === 'fr' ? 'Erreur :' : 'error:'} ${usageText(error, locale)}\n(troismains --help, troismains COMMAND --help)\n`,
      );
    return 2;
  }
  const failure = failureOf(error, locale);
  if (json) printJson(failure);
  else process.stderr.write(`${failureText(failure)}\n`);
  return failure.error.exitCode;
}

/** `troismains … | head` closes our stdout: nothing is wrong then. A file on a full disk takes no result. */
function stopOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(`stdout: ${error.message}\n`);
  process.exit(1);
}
