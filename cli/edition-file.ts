/** The edition file of a command. */
import { type Edition, type Refusal, readEdition } from '../domain/edition.js';
import { InputError, readText } from './io.js';

/** The edition of a text. Throws an `InputError` with every problem. */
export function editionOf(text: string, path: string): Edition {
  const reading = readEdition(text);
  if (reading.ok) return reading.edition;
  throw refusedFile(path, reading);
}

/** A file that is refused, with its problems. */
export function refusedFile(path: string, { problems, total: n }: Refusal): InputError {
  const k = problems.length;
  const [fr, en] = k < n ? [`, dont voici les ${k} premiers`, `, of which these are the first ${k}`] : ['', ''];
  return new InputError(
    {
      fr: `${path} : ${n === 1 ? 'un problème' : `${n} problèmes`}${fr}, rien n'a été fait.`,
      en: `${path}: ${n === 1 ? 'one problem' : `${n} problems`}${en}, nothing was done.`,
    },
    problems,
  );
}

/** The edition of a file. Throws an `InputError` when it cannot be read or is refused. */
export const readEditionFile = async (path: string): Promise<Edition> => editionOf(await readText(path), path);
