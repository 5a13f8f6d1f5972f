/** What looking at an installation finds, for `troismains doctor` and the console alike: one line a thing looked at. */
import type { Locale, Words } from '../../domain/words.js';
import { codeOf, isUnreachable } from '../unreachable.js';

/** How a thing is: `warn` deserves a look, `fail` keeps an installation from working as it should. */
export type State = 'ok' | 'warn' | 'fail';

/** One thing looked at: its name, how it is, what was seen, what to do about it. */
export interface Finding {
  id: string;
  name: Words;
  state: State;
  detail: Words;
  todo?: Words;
  /** A service that cannot be reached (exit code 4); another failure is 1. */
  unreachable?: true;
  /** The editions that it is about. */
  editions?: string[];
}

/** Words that are the same in both languages: an address, a version. */
export const same = (text: string): Words => ({ fr: text, en: text });

/** The words of an error, a password in an address left out. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  const text = error instanceof Error ? error.message || (codeOf(error) ?? error.name) : String(error);
  return text.replace(/(\/\/[^:/\s]+):[^@\s]+@/g, '$1:…@');
}

/** A finding about a service that threw: it cannot be reached, or it refuses. */
export const failing =
  (id: string, name: Words, todo: Words) =>
  (error: unknown): Finding[] => [
    {
      id,
      name,
      state: 'fail',
      detail: same(reasonOf(error)),
      todo,
      ...(isUnreachable(error) || timedOut(error) ? { unreachable: true } : {}),
    },
  ];

const timedOut = (error: unknown): boolean => /time-?out|timed out|deadline/i.test(reasonOf(error));

/** How long ago, in the largest unit that fits: "il y a 3 min", "3 min ago". */
export function ago(ms: number): Words {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [minutes, hours, days] = [60, 3_600, 86_400].map((unit) => Math.round(seconds / unit));
  const said = (fr: string, en = fr): Words => ({ fr: `il y a ${fr}`, en: `${en} ago` });
  if (seconds < 120) return said(`${seconds} s`);
  if (seconds < 7_200) return said(`${minutes} min`);
  return seconds < 172_800 ? said(`${hours} h`) : said(`${days} jours`, `${days} days`);
}

/** How all of it is, in one sentence. */
export function verdictIn(found: readonly Pick<Finding, 'state'>[], locale: Locale): string {
  const [failed = 0, warned = 0] = (['fail', 'warn'] as const).map((state) => found.filter((one) => one.state === state).length);
  return failed || warned ? summary[locale](failed, warned) : well[locale];
}

const well = { fr: 'Tout est en ordre.', en: 'All is well.' };
const summary = {
  fr: (failed: number, warned: number) =>
    `${failed === 0 ? "Rien n'empêche de travailler" : failed === 1 ? 'Une chose ne va pas (✗)' : `${failed} choses ne vont pas (✗)`}${warned === 0 ? '' : `, ${warned === 1 ? 'une' : warned} à regarder (!)`}.`,
  en: (failed: number, warned: number) =>
    `${failed === 0 ? 'Nothing keeps it from working' : failed === 1 ? 'One thing is wrong (✗)' : `${failed} things are wrong (✗)`}${warned === 0 ? '' : `, ${warned === 1 ? 'one' : warned} to look at (!)`}.`,
};

/** A finding as JSON. */
export const findingJson = ({ id, state, detail, todo, unreachable }: Finding, locale: Locale) => ({
  name: id,
  state,
  ok: state === 'ok',
  detail: detail[locale],
  ...(todo === undefined || state === 'ok' ? {} : { todo: todo[locale] }),
  ...(unreachable ? { unreachable } : {}),
});
