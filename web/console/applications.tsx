/** The applications of an edition: a table that can be narrowed, and each of them whole. */
import { dayInWords, timeInWords } from '../../domain/instants.js';
import type { ApplicationPart, ApplicationsPart } from '../backend.js';
import { Pager } from '../pager.js';
import { Table } from '../table.js';
import { Text } from '../text.js';
import { wordsOf } from '../words/index.js';
import { Written } from '../written.js';
import { Shell, type ShellProps } from './shell.js';

type Line = ApplicationsPart['lines'][number];

/** Where an application stands, by the last that was decided of it. */
const stateOf = ({ eligible, shortlisted, out, fate }: Line) => {
  if (fate !== null) return fate;
  if (shortlisted) return out ? 'out' : 'shortlisted';
  return eligible === null ? 'waiting' : eligible ? 'eligible' : 'ineligible';
};

/** The states by which the table is narrowed. */
export const APPLICATION_STATES = ['waiting', 'eligible', 'ineligible', 'shortlisted', 'retained'] as const;

/** The table. */
export function ApplicationsPage({ part, from, ...shell }: ShellProps & { part: ApplicationsPart; from: number }) {
  const { locale } = shell;
  const { applications: words, csv } = wordsOf(locale).reading;
  const { edition, lines, submitted, drafts, needs, filter, next, order } = part;
  const { title, who, need, at, relay, state } = words.head;
  const path = `/editions/${edition.id}/applications`;
  const { need: ofNeed, state: inState } = filter;
  const query = { ...(ofNeed === undefined ? {} : { need: ofNeed }), ...(inState === undefined ? {} : { state: inState }) };
  return (
    <Shell {...shell} of={part} current="applications" title={words.title}>
      <p>
        {words.counts(submitted, drafts)}{' '}
        <a class="no-print" href={`${path}.csv`}>
          {csv}
        </a>
      </p>
      <form method="get" action={path} class="buttons no-print">
        <label>
          {words.need}{' '}
          <select name="need">
            <option value="">{words.all}</option>
            {Object.entries(needs).map(([id, label]) => (
              <option value={id} selected={filter.need === id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.state}{' '}
          <select name="state">
            <option value="">{words.all}</option>
            {APPLICATION_STATES.map((one) => (
              <option value={one} selected={filter.state === one}>
                {words.states[one]}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="quiet">
          {words.filter}
        </button>
      </form>
      <section class="card">
        {lines.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <Table labelledBy="list" cards head={[title, who, need, at, relay, state]}>
            <tbody>
              {lines.map((one) => (
                <tr>
                  <th scope="row" data-label={title}>
                    <a href={`${path}/${one.id}`}>{one.title}</a>
                  </th>
                  <td data-label={who}>{one.name}</td>
                  <td data-label={need}>{one.need === null ? '–' : (needs[one.need] ?? one.need)}</td>
                  <td data-label={at}>{one.at === null ? '–' : dayInWords(one.at.getTime(), part, locale)}</td>
                  <td data-label={relay}>{one.relay ?? words.direct}</td>
                  <td data-label={state}>{words.states[stateOf(one)]}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </section>
      {order === undefined ? null : (
        <section class="card">
          <h2 id="order">{words.order}</h2>
          <Table labelledBy="order" head={[words.from, words.to, title]}>
            <tbody>
              {order.map((slot) => (
                <tr>
                  <td>{timeInWords(slot.from, locale)}</td>
                  <td>{timeInWords(slot.to, locale)}</td>
                  <th scope="row">{slot.title}</th>
                </tr>
              ))}
            </tbody>
          </Table>
        </section>
      )}
      <Pager locale={locale} path={path} query={query} from={from} next={next} />
    </Shell>
  );
}

/** One application. */
export function ApplicationPage({ part, ...shell }: ShellProps & { part: ApplicationPart }) {
  const { locale } = shell;
  const { applications: words } = wordsOf(locale).reading;
  const { application: one, needs, recused, unmet } = part;
  const { who, need, at, relay, state } = words.head;
  return (
    <Shell {...shell} of={part} current="applications" title={one.title} above={{ path: 'applications', title: words.title }}>
      <div class="card">
        <dl class="facts">
          <dt>{who}</dt>
          <dd>{one.name}</dd>
          <dt>{need}</dt>
          <dd>{one.need === null ? '–' : (needs[one.need] ?? one.need)}</dd>
          <dt>{at}</dt>
          <dd>{one.at === null ? '–' : dayInWords(one.at.getTime(), part, locale)}</dd>
          <dt>{relay}</dt>
          <dd>{one.relay ?? words.direct}</dd>
          <dt>{state}</dt>
          <dd>{words.states[stateOf(one)]}</dd>
          {unmet.length === 0 ? null : (
            <>
              <dt>{words.rules}</dt>
              <dd>
                {unmet.map((says) => (
                  <p>{says[locale]}</p>
                ))}
              </dd>
            </>
          )}
          {one.reason === null || one.reason === '' || recused ? null : (
            <>
              <dt>{words.reason}</dt>
              <dd>
                <Text text={one.reason} />
              </dd>
            </>
          )}
        </dl>
      </div>
      <div class="card text">{recused ? <p>{words.recused}</p> : <Written text={one.summary} />}</div>
    </Shell>
  );
}
