/** A private calendar: what is to come, and how to have it in one's own. */

import { zoneOf } from '../../domain/calendar/zone.js';
import type { CivilDate } from '../../domain/calendar.js';
import type { IcsEntry } from '../../domain/ics.js';
import { dateInWords, deadlineInWords } from '../../domain/instants.js';
import type { CalendarFeed } from '../backend.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';

/** The page. `address`: of the feed itself. */
export function CalendarPage({ feed, address }: { feed: CalendarFeed; address: string }) {
  const { edition, locale, whose, at, today, entries } = feed;
  const { calendar: words } = wordsOf(locale);
  const dayOf = ({ when }: IcsEntry): CivilDate => ('at' in when ? zoneOf(edition.timezone).dateOf(when.at - 1) : when.first);
  const lastOf = (entry: IcsEntry): CivilDate => ('at' in entry.when ? dayOf(entry) : entry.when.last);
  const ahead = entries
    .filter((entry) => entry.cancelled !== true && lastOf(entry) >= today)
    .sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0));
  return (
    <Layout locale={locale} title={words.title[whose]} edition={edition} at={at}>
      <h1>{words.title[whose]}</h1>
      <p class="lead">{words.lead[whose](edition.title)}</p>
      <section class="card">
        <h2>{words.subscribe}</h2>
        <p>
          <a class="button" href={address.replace(/^https?:/, 'webcal:')}>
            {words.open}
          </a>
        </p>
        <p>{words.otherwise}</p>
        <p>
          <code class="hash">{address}</code>
        </p>
        <p class="small">{words.secret[whose]}</p>
        <p class="small">
          <a href={address}>{words.download}</a>
        </p>
      </section>
      <section class="card">
        <h2>{words.ahead}</h2>
        {ahead.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <ul>
            {ahead.map((entry) => (
              <li>
                <strong>{whenInWords(entry)}</strong>
                {locale === 'fr' ? '\u00a0: ' : ': '}
                {entry.summary}
              </li>
            ))}
          </ul>
        )}
      </section>
    </Layout>
  );

  function whenInWords({ when }: IcsEntry): string {
    if ('at' in when) return deadlineInWords(when.at, feed, locale);
    const day = (date: CivilDate) => dateInWords(date, feed, locale);
    return when.first === when.last ? day(when.first) : words.days(day(when.first), day(when.last));
  }
}
