/** From one page of a list to the next, and back to the beginning. */
import type { Locale } from '../domain/words.js';
import { wordsOf } from './words/index.js';

/** So many rows are on one page. */
export const pageOfRows = 50;

/** The links; nothing where all of it is on one page. `path`: the list's; `query`: what it is narrowed to; `next`: how many come before the next page. */
export function Pager({
  locale,
  path,
  from,
  next,
  query = {},
}: {
  locale: Locale;
  path: string;
  from: number;
  next?: number | undefined;
  query?: Readonly<Record<string, string>>;
}) {
  const { pager: words } = wordsOf(locale).console;
  const to = (more: Record<string, string>) => {
    const said = new URLSearchParams({ ...query, ...more }).toString();
    return said === '' ? path : `${path}?${said}`;
  };
  if (from === 0 && next === undefined) return null;
  return (
    <nav aria-label={words.label}>
      <p>
        {from === 0 ? null : <a href={to({})}>{words.first}</a>}{' '}
        {next === undefined ? null : <a href={to({ from: String(next) })}>{words.next}</a>}
      </p>
    </nav>
  );
}
