/** The journal of an edition, page by page, narrowed to a person, to what sort of thing was done, to a period. */
import type { Locale } from '../../domain/words.js';
import { JOURNAL_KINDS } from '../../store/audit.js';
import type { EditionPart, Journal, JournalQuery } from '../backend.js';
import { Pager } from '../pager.js';
import { wordsOf } from '../words/index.js';
import { Shell, type ShellProps } from './shell.js';
import { JournalTable } from './tables.js';

interface JournalProps extends ShellProps {
  query: JournalQuery;
  part: EditionPart & { journal: Journal };
}

/** A page of an edition's journal, the newest first. */
export function JournalPage({ query, part, ...shell }: JournalProps) {
  const { locale } = shell;
  const { journal: words } = wordsOf(locale).console;
  const { edition, next } = part;
  const path = `/editions/${edition.id}/journal`;
  const { from, ...narrowed } = query;
  const said = Object.entries(narrowed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return (
    <Shell {...shell} of={part} current="journal" title={words.title}>
      <Filter path={path} query={query} locale={locale} />
      <section class="card">
        <JournalTable journal={part.journal} of={part} locale={locale} labelledBy="list" />
      </section>
      <Pager locale={locale} path={path} from={from} next={next} query={Object.fromEntries(said)} />
    </Shell>
  );
}

function Filter({
  path,
  query: { who = '', kind, since = '', until = '' },
  locale,
}: {
  path: string;
  query: JournalQuery;
  locale: Locale;
}) {
  const { filter: words } = wordsOf(locale).console.journal;
  return (
    <form method="get" action={path} class="filter">
      <label>
        {words.who} <input type="search" name="who" value={who} maxlength={100} />
      </label>
      <label>
        {words.kind}{' '}
        <select name="kind">
          <option value="">{words.any}</option>
          {JOURNAL_KINDS.map((one) => (
            <option value={one} selected={one === kind}>
              {words.kinds[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {words.since} <input type="date" name="since" value={since} />
      </label>
      <label>
        {words.until} <input type="date" name="until" value={until} />
      </label>
      <button type="submit" class="quiet">
        {words.button}
      </button>
    </form>
  );
}
