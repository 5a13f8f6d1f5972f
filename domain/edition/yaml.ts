/** From text to plain values, refusing what would be dangerous or ambiguous before anything else looks at it. */
import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml';
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
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { uniqueKeys: false, prettyErrors: true, version: '1.2', stringKeys: true, lineCounter });
    const complaints = [...document.errors, ...document.warnings, ...twice(document, lineCounter)].slice(0, MAX_COMPLAINTS);
    if (complaints.length > 0)
      return {
        ok: false,
        problems: complaints.map(({ code, linePos }) => ({ path: '', message: unreadable(code, linePos?.[0]) })),
      };
    const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse(notKeys.fr, notKeys.en);
    return { ok: true, value };
  } catch {
    return refuse(
      'Le YAML ne peut pas être lu : écrire les valeurs sans alias ni imbrication inutile.',
      'The YAML cannot be read: write the values without aliases or needless nesting.',
    );
  }
}

/** Keys that are written twice in one place. The library would hold each against all those before it. */
function twice(document: Document, lines: LineCounter): { code: string; linePos: [{ line: number; col: number }] }[] {
  const found: ReturnType<typeof twice> = [];
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) found.push({ code: 'DUPLICATE_KEY', linePos: [lines.linePos(key.range?.[0] ?? 0)] });
        seen.add(key.value);
      }
    },
  });
  return found;
}

/** What is wrong with the text, in the reader's language, and where. */
function unreadable(code: string, at: { line: number; col: number } | undefined): Words {
  const { fr, en } = WHY[code] ?? { fr: 'ce passage ne se lit pas', en: 'this passage cannot be read' };
  const place =
    at === undefined ? { fr: '', en: '' } : { fr: `, ligne ${at.line}, colonne ${at.col}`, en: `, line ${at.line}, column ${at.col}` };
  return { fr: `YAML illisible${place.fr} : ${fr}.`, en: `Unreadable YAML${place.en}: ${en}.` };
}

/** The usual mistakes, by the library's codes. */
const WHY: Partial<Record<string, Words>> = {
  DUPLICATE_KEY: { fr: 'une clé est écrite deux fois, n’en garder qu’une', en: 'a key is written twice, keep one of them' },
  BAD_INDENT: {
    fr: 'le retrait de cette ligne n’est pas celui de ses voisines',
    en: 'this line is not indented as those beside it',
  },
  TAB_AS_INDENT: { fr: 'une tabulation ne fait pas un retrait, écrire des espaces', en: 'a tab is no indentation, write spaces' },
  MISSING_CHAR: {
    fr: 'il manque un caractère : un guillemet ou un crochet qui ferme, une virgule, ou l’espace après le deux-points',
    en: 'a character is missing: a closing quote or bracket, a comma, or the space after a colon',
  },
  UNEXPECTED_TOKEN: { fr: 'ce caractère n’est pas attendu ici', en: 'this character is not expected here' },
  BLOCK_AS_IMPLICIT_KEY: {
    fr: 'un deux-points suivi d’une espace est de trop : mettre le texte entre guillemets',
    en: 'there is a colon and a space too many: put the text in quotes',
  },
  MULTILINE_IMPLICIT_KEY: { fr: 'une clé tient sur une ligne, suivie d’un deux-points', en: 'a key is on one line, with a colon after it' },
  BLOCK_IN_FLOW: { fr: 'une liste à tirets ne s’écrit pas entre crochets', en: 'a list of dashes is not written between brackets' },
  BAD_SCALAR_START: {
    fr: 'un texte ne commence pas par ce caractère : le mettre entre guillemets',
    en: 'a text does not begin with this character: put it in quotes',
  },
  BAD_DQ_ESCAPE: {
    fr: 'une barre oblique inversée n’est pas permise ici : mettre le texte entre apostrophes',
    en: 'a backslash is not allowed here: put the text in single quotes',
  },
  BAD_ALIAS: { fr: 'un « * » annonce un alias : mettre le texte entre guillemets', en: 'a “*” announces an alias: put the text in quotes' },
  TAG_RESOLVE_FAILED: {
    fr: 'un « ! » annonce un type : mettre le texte entre guillemets',
    en: 'a “!” announces a type: put the text in quotes',
  },
  MULTIPLE_DOCS: {
    fr: 'une ligne « --- » commence un second document, il en faut un seul',
    en: 'a line “---” begins a second document, one is wanted',
  },
  NON_STRING_KEY: { fr: 'une clé est un mot', en: 'a key is a word' },
};
