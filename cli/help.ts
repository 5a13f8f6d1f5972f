/** How a command is declared, with its help in both languages; and what Commander says by itself, in French. */
import { type Argument, type Command, type HelpConfiguration, InvalidArgumentError, Option } from 'commander';
import { isReason } from '../domain/text.js';
import { setFrench } from '../domain/typography.js';
import { LOCALES, type Locale, type Words } from '../domain/words.js';

/** Says words in the language of the help. */
export type Say = (words: Words) => string;
/** Says words in a language. */
export const speaking =
  (locale: Locale): Say =>
  ({ fr, en }) =>
    locale === 'fr' ? setFrench(fr) : en;

/** What an option says and takes: what it is when left out, what it may be, how its text is read (throws `InvalidArgumentError`). */
type Choice = Words & { value?: string; required?: boolean; choices?: readonly string[]; read?(text: string, say: Say): unknown };

/** What a command says and does. */
export interface Declared {
  /** How it is listed under the command above it. */
  summary?: Words;
  description?: Words;
  /** By how the usage writes them: `<id>`, `[file]`. */
  args?: Readonly<Record<string, Words & { value?: string }>>;
  /** By their flags. */
  options?: Readonly<Record<string, Choice>>;
  /** What else there is to know. */
  note?: Words;
  /** Lines to type. */
  example?: string | Words;
  run?: Parameters<Command['action']>[0];
  /** The commands under it. */
  commands?: Readonly<Record<string, Declared>>;
}

/** The edition, as an argument. */
export const EDITION: Words = { fr: "l'édition", en: 'the edition' };
/** The edition's file, as an argument. */
export const EDITION_FILE: Words = { fr: "le fichier de l'édition (- : l'entrée standard)", en: 'the edition file (- for stdin)' };
/** `--reason`: words that say why. An empty one is refused. */
export const REASON: Choice = {
  fr: 'pourquoi ; gardé au journal',
  en: 'why; kept in the journal',
  read(text, say) {
    if (isReason(text)) return text.trim();
    throw new InvalidArgumentError(say({ fr: 'une raison se dit avec des mots.', en: 'a reason is words that say why.' }));
  },
};
/** How an option that is a whole number is read. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string, say: Say): number => {
    if (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text);
    throw new InvalidArgumentError(
      say({ fr: `on attend un nombre entier de ${least} à ${most}.`, en: `this should be a whole number from ${least} to ${most}.` }),
    );
  };

const mostRows = 1_000_000;
const usualRows = 50;
/** `--limit` and `--from`: which part of a list is shown. */
export const PAGE: Readonly<Record<string, Choice>> = {
  '--limit <n>': {
    fr: `combien de lignes au plus (par défaut : ${usualRows})`,
    en: `how many rows at most (default: ${usualRows})`,
    read: wholeNumber(1, mostRows),
  },
  '--from <n>': {
    fr: 'combien de lignes passer avant la première (par défaut : 0)',
    en: 'how many rows to pass over before the first (default: 0)',
    read: wholeNumber(0, mostRows),
  },
};

/** What was given of them. */
export interface Paged {
  limit?: number;
  from?: number;
}

/** Reads a part of a list; `more`, when there is more, says where it goes on. */
export async function partOf<T>(
  { limit = usualRows, from = 0 }: Paged,
  read: (part: { from: number; limit: number }) => Promise<T[]>,
): Promise<{ rows: T[]; more?: Words }> {
  const rows = await read({ from, limit: limit + 1 });
  if (rows.length <= limit) return { rows };
  const next = `--from ${from + limit}`;
  return { rows: rows.slice(0, limit), more: { fr: `… la suite : ${next}`, en: `… more: ${next}` } };
}

const JSON_ONLY: Words = { fr: "un document JSON sur la sortie standard, rien d'autre", en: 'one JSON document on stdout, nothing else' };
const LANGUAGE: Choice = { fr: 'la langue des phrases (par défaut : LANG)', en: 'language of the words (default: LANG)', choices: LOCALES };

/** Has a command, and those under it, say and do what was declared. */
export function describe(command: Command, say: Say, { args = {}, options = {}, commands = {}, ...declared }: Declared): Command {
  const { summary, description, note, example, run } = declared;
  if (summary) command.summary(say(summary));
  if (description) command.description(say(description));
  for (const [name, { value, ...words }] of Object.entries(args)) command.argument(name, say(words), value);
  for (const [flags, choice] of Object.entries(options)) command.addOption(optionOf(flags, choice, say));
  if (note) command.addHelpText('after', `\n${say(note)}`);
  if (example) {
    const lines = typeof example === 'string' ? example : say(example);
    command.addHelpText('after', `\n${say({ fr: 'Exemple :', en: 'Example:' })}\n${lines.replaceAll(/^/gm, '  ')}`);
  }
  if (run) command.action(run);
  for (const [name, sub] of Object.entries(commands)) describe(command.command(name), say, sub);
  return command;
}

function optionOf(flags: string, { value, required = false, choices, read, ...words }: Choice, say: Say): Option {
  const option = new Option(flags, say(words)).default(value).makeOptionMandatory(required);
  if (choices) option.choices(choices);
  return read ? option.argParser((text) => read(text, say)) : option;
}

/** Gives a command, and those under it, what all have: `--json`, `--lang`, and their help. */
export function addGlobals(command: Command, say: Say): void {
  for (const [flags, choice] of Object.entries({ '--json': JSON_ONLY, '--lang <lang>': LANGUAGE }))
    if (!command.options.some((option) => option.flags === flags)) command.addOption(optionOf(flags, choice, say));
  command.helpOption('-h, --help', say({ fr: 'cette aide', en: 'display help for command' }));
  if (command.commands.length > 0)
    command.helpCommand(
      `help [${say({ fr: 'commande', en: 'command' })}]`,
      say({ fr: "l'aide d'une commande", en: 'display help for command' }),
    );
  for (const sub of command.commands) addGlobals(sub, say);
}

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Emploi :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Commands:': 'Commandes :',
};

const shown = (words: string, notes: readonly string[]): string =>
  notes.length === 0 ? words : `${words} (${setFrench(notes.join(', '))})`;
const byDefault = ({ defaultValue, defaultValueDescription }: Option | Argument): string[] =>
  defaultValue === undefined ? [] : [`par défaut : ${defaultValueDescription ?? String(defaultValue)}`];

/** What Commander's help says in French by itself: to be set before commands are added. */
export const frenchHelp: HelpConfiguration = {
  styleTitle: (title) => setFrench(TITLES[title] ?? title),
  optionDescription: (option) =>
    shown(option.description, [...(option.argChoices ? [`au choix : ${option.argChoices.join(', ')}`] : []), ...byDefault(option)]),
  argumentDescription: (argument) => shown(argument.description, byDefault(argument)),
};
