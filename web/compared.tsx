import { diffWordsWithSpace } from 'diff';
import type { Locale } from '../domain/words.js';
import { wordsOf } from './words/index.js';

/** Two texts, word by word: what was taken out struck through, what is new underlined, and both said to who does not see them. */
export function Compared({ before, after, locale }: { before: string; after: string; locale: Locale }) {
  const { documents: words } = wordsOf(locale).reading;
  if (before === after) return <p>{words.same}</p>;
  return (
    <p class="compared">
      {diffWordsWithSpace(before, after).map(({ value, added, removed }) =>
        added ? (
          <ins>
            <span class="hidden">{words.added}</span>
            {value}
          </ins>
        ) : removed ? (
          <del>
            <span class="hidden">{words.removed}</span>
            {value}
          </del>
        ) : (
          value
        ),
      )}
    </p>
  );
}
