/** "Who blocks what": each person waited for, since when, until when, and what the programme will do next by itself. */
import { dateInWords, instantInWords } from '../../domain/instants.js';
import { stepOf } from '../../domain/steps.js';
import { setFrench } from '../../domain/typography.js';
import { type Locale, STEP_WORDS, workingDays } from '../../domain/words.js';
import type { EditionPage, Waiting } from '../backend.js';
import { wordsOf } from '../words/index.js';

/** The card; late ones first, then the nearest date. */
export function Waits({ page, locale }: { page: EditionPage; locale: Locale }) {
  const words = wordsOf(locale).console;
  const rows = [...page.waitingOn].sort((a, b) => b.lateWorkingDays - a.lateWorkingDays || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  return (
    <section class="card">
      <h2>{words.who}</h2>
      {rows.length > 0 ? null : (
        <p>{page.begins === undefined ? words.nobodyWaited : words.nothingYet(dateInWords(page.begins, page, locale))}</p>
      )}
      <ul class="waits">
        {rows.map((row) => (
          <Wait row={row} page={page} locale={locale} />
        ))}
      </ul>
    </section>
  );
}

function Wait({ row, page, locale }: { row: Waiting; page: EditionPage; locale: Locale }) {
  const { console: words, kinds } = wordsOf(locale);
  const what = [row.title ?? STEP_WORDS[row.step][locale], row.project ? words.forProject(row.project.title) : '']
    .filter(Boolean)
    .join(', ');
  const shown = locale === 'fr' ? setFrench(what) : what;
  return (
    <li>
      <div>
        <strong>{row.person.name}</strong> <span class={`tag ${stepOf(row.step).hand}`}>{kinds[row.kind].page.noun}</span>
        <br />
        {shown}.{' '}
        {row.workingDays > 0 ? (
          <>
            {words.since}
            <strong>{workingDays(row.workingDays, locale)}</strong>
          </>
        ) : (
          words.today
        )}
        , {words.dueOn(dateInWords(row.due, page, locale))}.{' '}
        {row.unreachable === undefined ? null : (
          <span class="tag late wrap">{words.addresses.since(dateInWords(row.unreachable, page, locale))}</span>
        )}{' '}
        {row.lateWorkingDays > 0 ? <span class="tag late">{words.lateBy(workingDays(row.lateWorkingDays, locale))}</span> : null}
      </div>
      <div class="small">
        {row.substitute === undefined ? '' : words.actions.substituted(row.substitute.name)} {action()}{' '}
        {row.end !== undefined && row.end > row.due && row.nextAction?.what !== 'ends' ? words.end(dateInWords(row.end, page, locale)) : ''}
      </div>
    </li>
  );

  function action(): string {
    if (row.nextAction === undefined) return words.noAction;
    const { at, what: next, who } = row.nextAction;
    const when = instantInWords(at, page, locale);
    switch (next) {
      case 'reminder':
        return words.actions.reminder(when);
      case 'substitute':
        return words.actions.substitute(when, who ?? words.actions.somebody);
      case 'escalation':
        return words.actions.escalation(when, who ?? words.actions.coordinators);
      case 'ends':
        return words.actions.ends(when);
    }
  }
}
