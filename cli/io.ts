/** What every command shares: its terminal, its exit codes, its errors. Results go to stdout, everything else to stderr. */

import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { codeOf, isUnreachable } from '../client/unreachable.js';
import { clean, oneLine, visibly } from '../domain/clean.js';
import type { InputProblem } from '../domain/edition.js';
import type { Paint } from '../domain/plan/table.js';
import { LOCALES, type Locale, type Words } from '../domain/words.js';

/** 0 done, 1 failed, 2 the input is wrong, 3 an infeasible plan or a violated guarantee, 4 a service cannot be reached. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** An error whose exit code and words are known. */
export class CliError extends Error {
  constructor(
    readonly exitCode: Exclude<ExitCode, 0>,
    readonly words: Words,
    options?: ErrorOptions,
  ) {
    super(words.en, options);
    this.name = 'CliError';
  }
}

/** The input is wrong (exit code 2): every problem at once. */
export class InputError extends CliError {
  constructor(
    words: Words,
    readonly problems: readonly InputProblem[] = [],
  ) {
    super(2, words);
    this.name = 'InputError';
  }
}

/** How a command speaks: as JSON or words, in which language, in colour or not, how wide. */
export type Terminal = { json: boolean; locale: Locale; colour: boolean; width: number };

/** The language of `--lang`, else of the environment, else French. */
export function localeOf(lang: unknown, environment: NodeJS.ProcessEnv = process.env): Locale {
  const asked = typeof lang === 'string' ? lang : environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return LOCALES.find((locale) => asked.toLowerCase().startsWith(locale)) ?? 'fr';
}

/** The terminal of a running command, from its own and the global options. */
export function terminalOf(command: Command): Terminal {
  const options: Record<string, unknown> = command.optsWithGlobals();
  return {
    json: options.json === true,
    locale: localeOf(options.lang),
    colour: process.stdout.isTTY === true && !process.env.NO_COLOR,
    width: process.stdout.columns ?? 110,
  };
}

/** Writes a document for a program, as it is: a spreadsheet, a calendar, a drawing. */
export const printDocument = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
};

/** Writes a result in words. Whatever was typed, nothing of it acts on the terminal; what is to stay on its line is `oneLine`. */
export const print = (text: string): void =>
  printDocument(
    text
      .split(colours)
      .map((piece, i) => (i % 2 === 1 ? piece : harmless(piece)))
      .join(''),
  );

/** Writes the one JSON document of `--json`. */
export const printJson = (value: unknown): void => printDocument(visibly(JSON.stringify(value, null, 1)));

/** Says how far we are, on stderr. */
export const progress = (text: string): void => {
  process.stderr.write(`${harmless(text)}\n`);
};

/** Sets the exit code of a command that has printed its result. */
export const exitWith = (code: ExitCode): void => {
  process.exitCode = code;
};

const ANSI: Record<Parameters<Paint>[1], string> = {
  authority: '34',
  incubator: '32',
  entrepreneur: '33',
  critical: '1',
  soft: '2',
  bold: '1',
};

/** Colours for a terminal, none elsewhere. */
export const painter =
  (colour: boolean): Paint =>
  (text, as) =>
    colour ? `\u001b[${ANSI[as]}m${harmless(text)}\u001b[0m` : text;

/** The colours that a painter writes, one by one. */
const colours = new RegExp(`(\u001b\\[(?:0|${Object.values(ANSI).join('|')})m)`);
const harmless = (text: string): string => clean(text.replace(/[\u2028\u2029]/g, ' '));

/** A file that cannot be opened. */
export class UnreadableFile extends InputError {}

/** The text of a file, or of stdin when the path is `-`. Throws an `UnreadableFile`, or an `InputError` when it is not in UTF-8. */
export async function readText(path: string): Promise<string> {
  return inUtf8(await readBytes(path), path);
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    if (path !== '-') return await readFile(path);
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  } catch (error) {
    const code = codeOf(error) ?? String(error);
    throw new UnreadableFile({
      fr: `Le fichier ${path} ne peut pas être lu (${code}) : vérifier son chemin.`,
      en: `The file ${path} cannot be read (${code}): check its path.`,
    });
  }
}

/** A text out of its bytes. Saved in another encoding, it would be read with wrong letters: people would get mail with them. */
function inUtf8(bytes: Uint8Array, path: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\u0000')) return text; // UTF-16 has one in every other byte
  } catch {
    // said below
  }
  throw new InputError({
    fr: `Le fichier ${path} n'est pas en UTF-8 : enregistrez-le en UTF-8 (dans le Bloc-notes : Enregistrer sous, Encodage), puis recommencez. Rien n'a été fait.`,
    en: `The file ${path} is not in UTF-8: save it as UTF-8 (in Notepad: Save as, Encoding), then try again. Nothing was done.`,
  });
}

/** A failure as `--json` prints it. */
export type Failure = { error: { exitCode: ExitCode; message: string; problems?: { path: string; message: string }[] } };

/** What an error means: its exit code, its words, its problems. Whatever cannot reach a service is 4, whatever is not ours is 1. */
export function failureOf(error: unknown, locale: Locale): Failure {
  if (error instanceof InputError) {
    const problems = error.problems.map(({ path, message }) => ({ path, message: message[locale] }));
    return { error: { exitCode: 2, message: error.words[locale], problems } };
  }
  if (error instanceof CliError) return { error: { exitCode: error.exitCode, message: error.words[locale] } };
  const message = error instanceof Error ? error.message : String(error);
  return { error: { exitCode: isUnreachable(error) ? 4 : 1, message } };
}

/** A failure in words, for stderr. */
export const failureText = ({ error }: Failure): string =>
  [
    error.exitCode === 2 ? oneLine(error.message) : error.message, // what was given is quoted in it
    ...(error.problems ?? []).map(({ path, message }) => `  ${oneLine(`${path ? `${path} : ` : ''}${message}`)}`),
  ].join('\n');
