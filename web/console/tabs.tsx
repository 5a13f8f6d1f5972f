/** The tabs of an edition, each with an address of its own. */
import { type Deed, type Held, may, type Where } from '../../domain/rights.js';
import type { Locale } from '../../domain/words.js';
import { wordsOf } from '../words/index.js';

/** Every tab, in its order. */
export const TABS = ['today', 'plan', 'people', 'applications', 'projects', 'documents', 'mails', 'journal', 'engine'] as const;
export type Tab = (typeof TABS)[number];

/** What one must be allowed to do to open a tab, where seeing the edition is not enough or not needed. */
const needs: Partial<Record<Tab, Deed>> = {
  people: 'edition.people',
  applications: 'edition.answers',
  mails: 'edition.mails',
  engine: 'edition.engine',
};

/** The tabs that somebody may open. */
export const tabsOf = (held: readonly Held[], where: Where): Tab[] => TABS.filter((tab) => may(held, needs[tab] ?? 'edition.see', where));

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
