/** From one page of a list to the next, and back to the beginning. */
import type { Locale } from '../domain/words.js';
import { wordsOf } from './words/index.js';

/** So many rows are on one page. */
export const pageOfRows = 50;

/** The links; nothing where all of it is on one page. `path`: the list's, and `query` how it is narrowed; `next`: how many come before the next page. */
export function Pager({
  locale,
  path,
  query,
  from,
  next,
}: {
  locale: Locale;
  path: string;
  query?: URLSearchParams;
  from: number;
  next?: number | undefined;
}) {
  const { pager: words } = wordsOf(locale).console;
  if (from === 0 && next === undefined) return null;
  const at = (n: number) => {
    const asked = new URLSearchParams([...(query ?? []), ...(n === 0 ? [] : [['from', String(n)] as [string, string]])]);
    return asked.size === 0 ? path : `${path}?${asked}`;
  };
  return (
    <nav aria-label={words.label}>
      <p>
        {from === 0 ? null : <a href={at(0)}>{words.first}</a>} {next === undefined ? null : <a href={at(next)}>{words.next}</a>}
      </p>
    </nav>
  );
}
