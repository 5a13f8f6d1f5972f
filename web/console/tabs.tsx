/** The tabs of an edition, each with an address of its own. */
import type { Locale } from '../../domain/words.js';
import { wordsOf } from '../words/index.js';

/** Every tab, in its order. */
export const TABS = ['today', 'plan', 'projects', 'mails', 'journal', 'engine'] as const;
export type Tab = (typeof TABS)[number];

/** The tabs that somebody may open; `current`: the one that is open. */
export function Tabs({ edition, shown, current, locale }: { edition: string; shown: readonly Tab[]; current: Tab; locale: Locale }) {
  const { tabs: words } = wordsOf(locale).console;
  return (
    <nav class="tabs" aria-label={words.label}>
      <ul>
        {shown.map((tab) => (
          <li>
            <a href={`/editions/${edition}${tab === 'today' ? '' : `/${tab}`}`} aria-current={tab === current ? 'page' : undefined}>
              {words[tab]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
