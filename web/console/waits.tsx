/** "Who blocks what": each ask with whom it waits for, since when, until when, what the programme will do next by itself, and what can be done. */
import { dateInWords, instantInWords } from '../../domain/instants.js';
import { isSaidForOthers } from '../../domain/kinds/index.js';
import { stepOf } from '../../domain/steps.js';
import { setFrench } from '../../domain/typography.js';
import { type Locale, STEP_WORDS, workingDays } from '../../domain/words.js';
import type { EditionPage, Waiting } from '../backend.js';
import { wordsOf } from '../words/index.js';

/** The card: each ask with those it waits for; late ones first, then the nearest date. */
export function Waits({ page, locale }: { page: EditionPage; locale: Locale }) {
  const words = wordsOf(locale).console;
  const rows = [...page.waitingOn].sort((a, b) => b.lateWorkingDays - a.lateWorkingDays || (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const asks = [...new Set(rows.map(({ ask }) => ask))].map((ask) => rows.filter((row) => row.ask === ask));
  return (
    <section class="card">
      <h2>{words.who}</h2>
      {rows.length > 0 ? null : (
        <p>
          {page.begins !== undefined
            ? words.nothingYet(dateInWords(page.begins, page, locale))
            : page.edition.status === 'paused'
              ? words.pausedNow
              : words.nobodyWaited}
        </p>
      )}
      {page.edition.status === 'paused' && page.mayAct ? (
        <p class="acts">
          <a href={`/editions/${page.edition.id}/acts/resume`}>{words.acts.links.resume}</a>
        </p>
      ) : null}
      <ul class="waits">
        {asks.map((of) => (
          <Ask rows={of} page={page} locale={locale} />
        ))}
      </ul>
    </section>
  );
}

/** So many people of an ask are shown at once; the others are behind a summary. */
const shownPeople = 8;

function Ask({ rows, page, locale }: { rows: readonly Waiting[]; page: EditionPage; locale: Locale }) {
  const { console: words, kinds } = wordsOf(locale);
  const [row] = rows;
  if (row === undefined) return null;
  const what = [row.title ?? STEP_WORDS[row.step][locale], row.project ? words.forProject(row.project.title) : '']
    .filter(Boolean)
    .join(', ');
  const end = row.end !== undefined && row.end > row.due ? ` ${words.end(dateInWords(row.end, page, locale))}` : '';
  return (
    <li class={stepOf(row.step).hand}>
      <h3>
        {locale === 'fr' ? setFrench(what) : what} <span class={`tag ${stepOf(row.step).hand}`}>{kinds[row.kind].page.noun}</span>
      </h3>
      <p class="small">
        {words.due(dateInWords(row.due, page, locale))}
        {end}
      </p>
      <People rows={rows.slice(0, shownPeople)} alone={rows.length === 1} page={page} locale={locale} />
      {rows.length > shownPeople ? (
        <details>
          <summary>{words.more(rows.length - shownPeople)}</summary>
          <People rows={rows.slice(shownPeople)} alone={false} page={page} locale={locale} />
        </details>
      ) : null}
      <Heard ask={row.ask} page={page} locale={locale} />
      {page.mayAct ? (
        <p class="acts">
          {(['nudge', 'extend', 'close'] as const).map((act) => (
            <a href={`/editions/${page.edition.id}/acts/${act}?ask=${encodeURIComponent(row.ask)}`}>
              {act === 'nudge' && rows.length > 1 ? words.acts.nudgeAll : words.acts.links[act]}
            </a>
          ))}
        </p>
      ) : null}
    </li>
  );
}

/** Who has answered already, and may be let correct it. */
function Heard({ ask, page, locale }: { ask: string; page: EditionPage; locale: Locale }) {
  const words = wordsOf(locale).console;
  const theirs = (page.answered ?? []).filter((one) => one.ask === ask);
  if (theirs.length === 0) return null;
  return (
    <details>
      <summary>{words.answered(theirs.length)}</summary>
      <ul class="plain">
        {theirs.map(({ kind, person: { id, name }, reopened }) => (
          <li>
            {name}{' '}
            {!page.mayAct || kind === 'score' || reopened ? null : (
              <a
                href={`/editions/${page.edition.id}/acts/reopen?ask=${encodeURIComponent(ask)}&person=${encodeURIComponent(id)}`}
                aria-label={words.acts.reopenOne(name)}
              >
                {words.acts.links.reopen}
              </a>
            )}
            {reopened ? words.people.reopened : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

function People({ rows, alone, page, locale }: { rows: readonly Waiting[]; alone: boolean; page: EditionPage; locale: Locale }) {
  return (
    <ul class="plain">
      {rows.map((row) => (
        <Person row={row} alone={alone} page={page} locale={locale} />
      ))}
    </ul>
  );
}

function Person({ row, alone, page, locale }: { row: Waiting; alone: boolean; page: EditionPage; locale: Locale }) {
  const words = wordsOf(locale).console;
  return (
    <li>
      <strong>{row.person.name}</strong>,{' '}
      {row.workingDays > 0 ? (
        <>
          {words.since}
          <strong>{workingDays(row.workingDays, locale)}</strong>
        </>
      ) : (
        words.today
      )}
      {'. '}
      {row.unreachable === undefined ? null : (
        <span class="tag late wrap">{words.addresses.since(dateInWords(row.unreachable, page, locale))}</span>
      )}{' '}
      {row.lateWorkingDays > 0 ? <span class="tag late">{words.lateBy(workingDays(row.lateWorkingDays, locale))}</span> : null}
      <div class="small">
        {row.substitute === undefined ? '' : words.actions.substituted(row.substitute.name)} {action()}{' '}
        {page.mayAct && isSaidForOthers(row.kind) ? (
          <a
            href={`/editions/${page.edition.id}/answer-for?ask=${encodeURIComponent(row.ask)}&person=${encodeURIComponent(row.person.id)}`}
            aria-label={words.answerFor.linkOf(row.person.name)}
          >
            {words.answerFor.link}
          </a>
        ) : null}{' '}
        {page.mayAct && isSaidForOthers(row.kind) ? (
          <a
            href={`/editions/${page.edition.id}/acts/reassign?ask=${encodeURIComponent(row.ask)}&person=${encodeURIComponent(row.person.id)}`}
            aria-label={words.acts.reassignOne(row.person.name)}
          >
            {words.acts.links.reassign}
          </a>
        ) : null}{' '}
        {alone || !page.mayAct ? null : (
          <a
            href={`/editions/${page.edition.id}/acts/nudge?ask=${encodeURIComponent(row.ask)}&person=${encodeURIComponent(row.person.id)}`}
            aria-label={words.acts.nudgeOne(row.person.name)}
          >
            {words.acts.links.nudge}
          </a>
        )}
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
