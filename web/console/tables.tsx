/** The tables of an edition: projects, journal, incidents. */

import type { Child } from 'hono/jsx';
import { dateInWords, instantInWords } from '../../domain/instants.js';
import { actorInWords, isVerb, VERB_WORDS } from '../../domain/journal.js';
import { PROJECT_OUTCOME_WORDS, wordIn } from '../../domain/outcomewords.js';
import type { EditionView } from '../../domain/view.js';
import { type Locale, STEP_WORDS } from '../../domain/words.js';
import type { EditionPage, Journal as JournalPart } from '../backend.js';
import { Rows, Table } from '../table.js';
import { wordsOf } from '../words/index.js';

type Props = { page: EditionPage; locale: Locale };
/** The edition whose rows these are, and the instant of the view. */
type Of = { edition: EditionView; at: number };

/** The word of a code, from a table; a code that has none is shown with its dashes and dots as spaces. */
export const wordOf = (table: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(table, code) ? (table[code] ?? code) : code.replaceAll(/[-._]/g, ' ').toLowerCase();

/** More rows than these are folded. */
const shownRows = 20;

/** A table; the rows that are many are behind a summary. */
function Folded({ id, head, rows, more }: { id: string; head: string[]; rows: Child[][]; more: (n: number) => string }) {
  const rest = rows.slice(shownRows);
  return (
    <>
      <Table labelledBy={id} head={head} cards>
        <Rows rows={rows.slice(0, shownRows)} labels={head} />
      </Table>
      {rest.length > 0 ? (
        <details>
          <summary>{more(rest.length)}</summary>
          <Table labelledBy={id} head={head} cards>
            <Rows rows={rest} labels={head} />
          </Table>
        </details>
      ) : null}
    </>
  );
}

/** Retained projects. */
export function Projects({ page, locale }: Props) {
  const { projects: words, more } = wordsOf(locale).console;
  const rows = page.projects.map((project) => [
    <strong>{project.title}</strong>,
    project.need,
    project.directorate,
    where(project),
    project.nextSession ? dateInWords(project.nextSession, page, locale) : '–',
  ]);
  return (
    <section class="card">
      <h2 id="projects">{words.title}</h2>
      {rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Folded id="projects" head={[words.project, words.need, words.directorate, words.where, words.next]} rows={rows} more={more} />
      )}
    </section>
  );

  function where({ status, outcome, step }: EditionPage['projects'][number]): string {
    if (outcome !== undefined) return wordIn(PROJECT_OUTCOME_WORDS, outcome, locale) ?? wordOf({}, outcome);
    if (status === 'ended') return words.ended;
    return step ? STEP_WORDS[step][locale] : '–';
  }
}

const verbIn = (verb: string, locale: Locale): string => (isVerb(verb) ? VERB_WORDS[verb][locale] : wordOf({}, verb));

/** What was done, by whom, and why where a coordinator said so; whether the journal was as it was written when it was last verified. */
export function JournalTable({ journal, of, locale, labelledBy }: { journal: JournalPart; of: Of; locale: Locale; labelledBy: string }) {
  const { journal: words } = wordsOf(locale).console;
  const { lines, checked } = journal;
  if (lines.length === 0) return <p>{words.none}</p>;
  const head = [words.when, words.who, words.what, words.subject];
  const rows = lines.map((line) => [
    <span class="num">{instantInWords(line.at, of, locale)}</span>,
    actorInWords(line, () => line.name, locale),
    <>
      {line.answer === undefined ? (
        verbIn(line.what, locale)
      ) : (
        <a href={`/editions/${of.edition.id}/answers?${new URLSearchParams(line.answer)}`}>{verbIn(line.what, locale)}</a>
      )}
      {line.reason === undefined ? null : <q>{line.reason}</q>}
    </>,
    line.subject,
  ]);
  const when = checked && instantInWords(checked.at, of, locale, { year: true });
  return (
    <>
      {checked?.ok === false ? <p class="wrong">{words.broken(when ?? '')}</p> : null}
      <Table labelledBy={labelledBy} head={head} cards>
        <Rows rows={rows} labels={head} />
      </Table>
      {checked?.ok === true ? <p class="small">{words.verified(checked.entries, when ?? '')}</p> : null}
      {checked === undefined ? <p class="small">{words.unchecked}</p> : null}
    </>
  );
}

/** What failed and is tried again. Nothing where nothing failed. */
export function Incidents({ page, locale }: { page: Pick<EditionPage, 'incidents' | 'edition' | 'at'>; locale: Locale }) {
  const { incidents: words } = wordsOf(locale).console;
  if (page.incidents.length === 0) return null;
  const scope = (code: string) => {
    if (code === 'review' || code === 'delivery' || code === 'start' || code === 'edition' || code === 'calendar') return words[code];
    return code.startsWith('project:') ? words.project : code.startsWith('mail:') ? words.mail : words.ask;
  };
  return (
    <section class="card errors">
      <h2>{words.title}</h2>
      <p>{words.lead}</p>
      <ul>
        {page.incidents.map((incident) => (
          <li>
            <strong>{scope(incident.scope)}</strong>, {words.times(incident.times)},{' '}
            {words.last(instantInWords(incident.lastAt, page, locale))} : <code>{incident.message}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
