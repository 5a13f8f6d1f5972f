/** What zod finds, said to a person in both languages: what is wrong and what would be right. */
import type { z } from 'zod';
import type { Words } from '../words.js';

/** Where in the file: keys and positions. */
export type Path = readonly PropertyKey[];
/** A problem before its path is written out. */
export type Found = { path: Path; message: Words };

type Issue = z.core.$ZodIssue;

/** A path as people read it: `people[3].email`. */
export const pathText = (path: Path): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  );

/** A value as it stands in the file, short enough to be quoted. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const visible = [...text.slice(0, 200)].map((c) => (/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]/u.test(c) ? '�' : c)).join('');
  return `\`${visible.length > 60 ? `${visible.slice(0, 60)}…` : visible}\``;
}

/** More names than this are not read. */
const maxNames = 50;

/** Names that would be right, or some of them. */
export const someOf = (names: readonly string[]): string =>
  `${names
    .slice(0, maxNames)
    .map((name) => name.slice(0, 60))
    .join(', ')}${names.length > maxNames ? '…' : ''}`;

/** Whether it is said what stands there: of a whole group with a key too many it is not, and writing it for each key would never end. */
const quotes = ({ code }: Issue): boolean => code !== 'unrecognized_keys' && code !== 'invalid_key' && code !== 'invalid_union';

/** What one issue means to a person. An unknown key makes one problem per key. */
export function explain(issue: Issue, at: Path = []): Found[] {
  const path = [...at, ...issue.path];
  const one = (fr: string, en: string): Found[] => [{ path, message: { fr, en } }];
  const was = 'input' in issue && quotes(issue) ? quoted(issue.input) : '';
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: unknownKey(path),
      }));
    case 'invalid_type':
      if (issue.input === undefined) return one(`Il manque ${expected(issue.expected).fr}.`, `Missing: ${expected(issue.expected).en}.`);
      return one(`${was} : on attend ${expected(issue.expected).fr}.`, `${was}: this should be ${expected(issue.expected).en}.`);
    case 'invalid_value': {
      const choices = issue.values.map(String).join(', ');
      if (issue.input === undefined) return one(`Il manque une valeur, parmi : ${choices}.`, `Missing: one of ${choices}.`);
      return one(`${was} n'est pas prévu ; on attend : ${choices}.`, `${was} is not known; it should be one of: ${choices}.`);
    }
    case 'invalid_format':
      return one(`${was} : on attend ${format(issue).fr}.`, `${was}: this should be ${format(issue).en}.`);
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string'
        ? one(`Vide : il en faut au moins ${issue.minimum}.`, `Empty: at least ${issue.minimum} is needed.`)
        : one(`${was} : au moins ${issue.minimum}.`, `${was}: at least ${issue.minimum}.`);
    case 'too_big':
      return issue.origin === 'string'
        ? one(`Trop long : ${issue.maximum} caractères au plus.`, `Too long: at most ${issue.maximum} characters.`)
        : one(`${was} : au plus ${issue.maximum}.`, `${was}: at most ${issue.maximum}.`);
    case 'invalid_union':
      return likeliest(issue, path);
    case 'invalid_key':
      return issue.issues.some((inner) => inner.code === 'invalid_value')
        ? [{ path, message: unknownStep(path) }]
        : one('Cette clé doit être faite de a-z, 0-9 et tirets.', 'This key should be made of a-z, 0-9 and hyphens.');
    case 'custom': {
      const { fr, en } = issue.params ?? {};
      return typeof fr === 'string' && typeof en === 'string'
        ? one(`${was} : on attend ${fr}.`, `${was}: this should be ${en}.`)
        : one(issue.message, issue.message);
    }
    default:
      return one(issue.message, issue.message);
  }
}

/** Of several shapes, the one the author most likely meant: the one with the fewest complaints that do not start at the root. */
function likeliest(issue: Issue & { code: 'invalid_union' }, path: Path): Found[] {
  const cost = (issues: readonly Issue[]): number =>
    issues.reduce(
      (sum, one) =>
        sum + (one.path.length === 0 && one.code === 'invalid_type' ? 100 : one.code === 'unrecognized_keys' ? one.keys.length * 3 : 1),
      0,
    );
  const [best] = [...issue.errors].sort((a, b) => cost(a) - cost(b));
  if (!best || cost(best) >= 100) {
    const was = quoted(issue.input);
    const { fr, en } = shapes(path);
    return [{ path, message: { fr: `${was} : on attend ${fr}.`, en: `${was}: this should be ${en}.` } }];
  }
  return best.flatMap((one) => explain(one, path));
}

/** The shapes that there are at a place which takes several. */
function shapes(path: Path): Words {
  const one = (list: string): Words => ({ fr: list, en: `one of ${list}` });
  if (path.includes('circuits')) return one('`{ by: …, within: 5wd }`, `{ all: [ … ] }`, `{ session: … }`');
  if (path[0] !== 'forms' && path[0] !== 'eligibility') return one('`5wd`, `42d`, `6w`, `{ date: … }`, `{ every: wednesday, times: 6 }`');
  if (path.includes('when') || path.includes('unless'))
    return { fr: 'une valeur, une liste, ou `{ atLeast: … }`', en: 'a value, a list, or `{ atLeast: … }`' };
  if (path.length === 3) return one('`{ id: …, type: text, label: … }`, `{ section: … }`');
  return { fr: 'un texte, ou `{ fr: …, en: … }`', en: 'a text, or `{ fr: …, en: … }`' };
}

function unknownKey(path: Path): Words {
  if (path.length === 1 && (path[0] === 'plan' || path[0] === 'circuits')) return unknownStep(path);
  return {
    fr: "Cette clé n'existe pas ; vérifier l'orthographe, ou la retirer.",
    en: 'There is no such key; check its spelling, or remove it.',
  };
}

function unknownStep(path: Path): Words {
  return path[0] === 'circuits'
    ? {
        fr: "Ce n'est pas une étape de validation ; on attend diagnosis-approval, selection-approval, roadmap-approval ou outcome-approval (les autres vont sous `plan`).",
        en: 'Not an approval step; it should be diagnosis-approval, selection-approval, roadmap-approval or outcome-approval (others go under `plan`).',
      }
    : {
        fr: 'Étape inconnue, ou étape de validation (celles-ci vont sous `circuits`) ; on attend par exemple interviews, call-open, pitch, field.',
        en: 'Unknown step, or an approval step (those go under `circuits`); it should be for instance interviews, call-open, pitch, field.',
      };
}

const EXPECTED: Record<string, Words> = {
  string: { fr: 'un texte (entre guillemets si besoin)', en: 'a text (in quotes if need be)' },
  number: { fr: 'un nombre', en: 'a number' },
  int: { fr: 'un nombre entier', en: 'a whole number' },
  array: { fr: 'une liste', en: 'a list' },
  object: { fr: 'un groupe de clés', en: 'a group of keys' },
  record: { fr: 'un groupe de clés', en: 'a group of keys' },
};
const expected = (type: string): Words => EXPECTED[type] ?? { fr: type, en: type };

function format(issue: Issue & { code: 'invalid_format' }): Words {
  if (issue.format === 'date') return { fr: 'une date qui existe, AAAA-MM-JJ', en: 'a date that exists, YYYY-MM-DD' };
  const pattern = issue.format === 'regex' ? (issue.pattern ?? '') : '';
  if (pattern.includes('(wd|d|w)')) return { fr: 'une durée : 5wd, 42d ou 6w', en: 'a length: 5wd, 42d or 6w' };
  if (pattern.includes('wd')) return { fr: 'un nombre de jours ouvrés : 15wd', en: 'a number of working days: 15wd' };
  if (pattern.includes('min')) return { fr: 'une durée en minutes : 25min', en: 'a length in minutes: 25min' };
  if (pattern.includes(':')) return { fr: 'une heure : "09:00"', en: 'a time: "09:00"' };
  return { fr: 'un identifiant : a-z, 0-9 et tirets', en: 'an id: a-z, 0-9 and hyphens' };
}
