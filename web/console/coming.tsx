/** "What leaves by itself": the next mails that nobody has to ask for, by the instant at which they leave. */
import { instantInWords } from '../../domain/instants.js';
import type { Locale } from '../../domain/words.js';
import type { EditionPage, Waiting } from '../backend.js';
import { wordsOf } from '../words/index.js';

/** So many instants are shown. */
const shownInstants = 6;
type What = Waiting['coming'][number]['what'];

/** The card; nothing where nothing is to come. */
export function Coming({ page, locale }: { page: EditionPage; locale: Locale }) {
  const { console: words, kinds } = wordsOf(locale);
  const byInstant = new Map<number, Map<string, { what: What; noun: string; n: number }>>();
  for (const { kind, coming } of page.waitingOn)
    for (const { at, what } of coming) {
      const noun = kinds[kind].page.noun;
      const lines = byInstant.get(at) ?? new Map<string, { what: What; noun: string; n: number }>();
      const key = `${what} ${noun}`;
      byInstant.set(at, lines.set(key, { what, noun, n: (lines.get(key)?.n ?? 0) + 1 }));
    }
  if (page.digestAt !== undefined && !byInstant.has(page.digestAt)) byInstant.set(page.digestAt, new Map());
  const instants = [...byInstant].sort(([a], [b]) => a - b).slice(0, shownInstants);
  const { held = 0 } = page;
  if (instants.length === 0 && held === 0) return null;
  return (
    <section class="card">
      <h2>{words.coming.title}</h2>
      <ol class="coming">
        {instants.map(([at, lines]) => (
          <li>
            <strong>{instantInWords(at, page, locale)}</strong>
            {[...lines.values()].map(({ what, noun, n }) => (
              <div class="small">{words.coming.line(words.coming.mails[what](n), noun)}</div>
            ))}
            {at === page.digestAt ? <div class="small">{words.coming.digest}</div> : null}
          </li>
        ))}
      </ol>
      {held === 0 ? null : (
        <p>
          <a href={`/editions/${page.edition.id}/mails?view=waiting&state=held`}>{words.coming.held(held)}</a>
        </p>
      )}
      <p class="small">{words.coming.lead}</p>
    </section>
  );
}
