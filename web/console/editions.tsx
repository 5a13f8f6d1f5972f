/** The board of editions. */
import { inWords, type Locale, PHASE_WORDS, workingDays } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import { type AlertLine, BOARD_STATES, type BoardFilter, type EditionRow } from '../backend.js';
import { Layout } from '../layout.js';
import { Pager } from '../pager.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';
import { Alerts } from './alerts.js';

/** Every edition: where it stands, its slack, who is waited for. */
export function EditionsPage({
  locale,
  viewer,
  editions,
  territories,
  filter,
  alerts,
  at,
  from,
  next,
}: {
  locale: Locale;
  viewer: Viewer;
  editions: EditionRow[];
  territories: Readonly<Record<string, string>>;
  filter: BoardFilter;
  alerts: AlertLine[];
  at: number;
  from: number;
  next?: number | undefined;
}) {
  const words = wordsOf(locale).console;
  const { columns, filters } = words;
  const isNarrowed = filter.territory !== undefined || filter.state !== undefined;
  const slack = (days: number | null) => (days === null ? words.unknownSlack : workingDays(days, locale));
  return (
    <Layout locale={locale} title={words.editions} wide menu={<Menu locale={locale} viewer={viewer} />}>
      <h1>{words.editions}</h1>
      <Alerts locale={locale} alerts={alerts} at={at} />
      {isNarrowed || Object.keys(territories).length > 1 || next !== undefined || editions.length > 1 ? (
        <form method="get" action="/" class="buttons no-print">
          <label>
            {filters.territory}{' '}
            <select name="territory">
              <option value="">{filters.all}</option>
              {Object.entries(territories).map(([id, name]) => (
                <option value={id} selected={id === filter.territory}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            {filters.state}{' '}
            <select name="state">
              <option value="">{filters.all}</option>
              {BOARD_STATES.map((one) => (
                <option value={one} selected={one === filter.state}>
                  {filters.states[one]}
                </option>
              ))}
            </select>
          </label>
          <button type="submit" class="quiet">
            {filters.filter}
          </button>
        </form>
      ) : null}
      {editions.length === 0 ? <p>{isNarrowed ? filters.none : words.none}</p> : null}
      {editions.map((row) => (
        <section class="card" aria-labelledby={`edition-${row.id}`}>
          <h2 id={`edition-${row.id}`}>
            <a href={`/editions/${row.id}`}>{row.title}</a>{' '}
            <span class={row.status === 'running' && row.begins === undefined ? 'tag ok' : 'tag plain-tag'}>
              {row.begins === undefined ? words.statuses[row.status] : words.begins(inWords(row.begins, locale, { year: true }))}
            </span>
          </h2>
          <p class="small">{row.territory}</p>
          {row.kept ? <p>{words.kept}</p> : null}
          <dl class="facts" hidden={row.kept}>
            {row.phase ? (
              <>
                <dt>{columns.phase}</dt>
                <dd>{PHASE_WORDS[row.phase][locale]}</dd>
              </>
            ) : null}
            <dt>{columns.slack}</dt>
            <dd>{slack(row.slackWorkingDays)}</dd>
            {row.begins === undefined ? (
              <>
                <dt>{columns.waiting}</dt>
                <dd>{waiting(row.waitingOn)}</dd>
              </>
            ) : null}
            {row.late === undefined ? null : (
              <>
                <dt>{columns.late}</dt>
                <dd>
                  <span class="tag late">{words.lateAsks(row.late)}</span>
                </dd>
              </>
            )}
            {row.sitting === undefined ? null : (
              <>
                <dt>{columns.sitting}</dt>
                <dd>
                  {inWords(row.sitting.date, locale, { year: true })}, {row.sitting.body}
                </dd>
              </>
            )}
            {row.incidents === undefined ? null : (
              <>
                <dt>{columns.incidents}</dt>
                <dd>{words.incidentsOpen(row.incidents)}</dd>
              </>
            )}
            {row.unreachable === undefined ? null : (
              <>
                <dt>{columns.unreachable}</dt>
                <dd>
                  <a href={`/editions/${row.id}#addresses`}>{row.unreachable.join(', ')}</a>
                </dd>
              </>
            )}
            {row.mailsToday === undefined ? null : (
              <>
                <dt>{columns.mails}</dt>
                <dd class="num">{row.mailsToday}</dd>
              </>
            )}
          </dl>
        </section>
      ))}
      <Pager locale={locale} path="/" query={{ ...filter }} from={from} next={next} />
    </Layout>
  );

  function waiting(names: string[]): string {
    if (names.length === 0) return words.nobody;
    const shown = names.slice(0, 4).join(', ');
    return names.length > 4 ? `${shown} ${words.andMore(names.length - 4)}` : shown;
  }
}
