/** From text to plain values, refusing what would be dangerous or ambiguous before anything else looks at it. */
import { parseDocument } from 'yaml';
import type { Words } from '../words.js';
import type { InputProblem } from './types.js';

/** No edition comes near this; a larger file is a mistake or an attack. */
const MAX_CHARACTERS = 4 * 1024 * 1024;
/** Aliases are legal, but a few of them nested make a file explode. */
const MAX_ALIASES = 20;

/** One broken bracket can make thousands of complaints; the first ones tell. */
const MAX_COMPLAINTS = 10;

type Parsed = { ok: true; value: unknown } | { ok: false; problems: InputProblem[] };
const refuse = (fr: string, en: string): Parsed => ({ ok: false, problems: [{ path: '', message: { fr, en } }] });

/** What a file that holds no keys is told. */
const notAnEdition: Words = {
  fr: "Le fichier n'est pas une édition : on attend des clés (`schema: 1`, `id: …`, `title: …`).",
  en: 'The file is not an edition: it should be made of keys (`schema: 1`, `id: …`, `title: …`).',
};

/** The plain value of a YAML text, or why it cannot be read, with line and column; `notKeys` is said of one that holds no keys. Never throws. */
export function parseYaml(text: string, notKeys = notAnEdition): Parsed {
  if (text.length > MAX_CHARACTERS)
    return refuse(
      `Le fichier fait ${Math.ceil(text.length / 1024)} Ko ; une édition tient en moins de ${MAX_CHARACTERS / 1024} Ko.`,
      `The file has ${Math.ceil(text.length / 1024)} KB; an edition takes less than ${MAX_CHARACTERS / 1024} KB.`,
    );
  try {
    const document = parseDocument(text, { uniqueKeys: true, prettyErrors: true, version: '1.2', stringKeys: true });
    const complaints = [...document.errors, ...document.warnings].slice(0, MAX_COMPLAINTS);
    if (complaints.length > 0)
      return {
        ok: false,
        problems: complaints.map(({ message, code }) => ({
          path: '',
          message: unreadable(code, (message.split('\n')[0] ?? message).replace(/:$/, '')),
        })),
      };
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(notKeys.fr, notKeys.en);
    return { ok: true, value };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return refuse(
      `Le YAML ne peut pas être lu (${detail}) : écrire les valeurs sans alias ni imbrication inutile.`,
      `The YAML cannot be read (${detail}): write the values without aliases or needless nesting.`,
    );
  }
}

const unreadable = (code: string, message: string) =>
  code === 'DUPLICATE_KEY'
    ? {
        fr: `Une clé est écrite deux fois (${place(message)}) : n'en garder qu'une.`,
        en: `A key is written twice (${place(message)}): keep one of them.`,
      }
    : { fr: `YAML illisible : ${message}`, en: `Unreadable YAML: ${message}` };

const place = (message: string): string => /line \d+, column \d+/.exec(message)?.[0] ?? message;
