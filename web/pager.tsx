/** From one page of a list to the next, and back to the beginning. */
import type { Locale } from '../domain/words.js';
import { wordsOf } from './words/index.js';

/** The links; nothing where all of it is on one page. `path`: the list's; `next`: how many come before the next page. */
export function Pager({ locale, path, from, next }: { locale: Locale; path: string; from: number; next?: number | undefined }) {
  const { pager: words } = wordsOf(locale).console;
  if (from === 0 && next === undefined) return null;
  return (
    <nav aria-label={words.label}>
      <p>
        {from === 0 ? null : <a href={path}>{words.first}</a>}{' '}
        {next === undefined ? null : <a href={`${path}?from=${next}`}>{words.next}</a>}
      </p>
    </nav>
  );
}
