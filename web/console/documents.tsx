/** What was filed in an edition: its documents, each with its versions, two of which can be compared. */
import { dayInWords } from '../../domain/instants.js';
import { STEP_WORDS } from '../../domain/words.js';
import type { DocumentPart, DocumentsPart } from '../backend.js';
import { Compared } from '../compared.js';
import { Pager } from '../pager.js';
import { Table } from '../table.js';
import { wordsOf } from '../words/index.js';
import { Written } from '../written.js';
import { Shell, type ShellProps } from './shell.js';

const pathOf = ({ step, project }: { step: string; project: string }) => `documents/${step}${project === '' ? '' : `/${project}`}`;

/** The list of documents. `reads`: whether interviews are offered too. */
export function DocumentsPage({ part, from, reads, ...shell }: ShellProps & { part: DocumentsPart; from: number; reads: boolean }) {
  const { locale } = shell;
  const { documents: words, interviews, figures } = wordsOf(locale).reading;
  const { edition, documents, projects, next } = part;
  const day = (at: Date) => dayInWords(at.getTime(), part, locale);
  const { title, project, author, version, on } = words.head;
  return (
    <Shell {...shell} of={part} current="documents" title={words.title}>
      <p>
        <a href={`/editions/${edition.id}/documents/figures`}>{figures.title}</a>
      </p>
      {reads ? (
        <p>
          <a href={`/editions/${edition.id}/documents/interviews`}>{interviews.link}</a>
        </p>
      ) : null}
      <section class="card">
        {documents.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <Table labelledBy="list" cards head={[title, project, author, version, on]}>
            <tbody>
              {documents.map((one) => (
                <tr>
                  <th scope="row" data-label={title}>
                    <a href={`/editions/${edition.id}/${pathOf(one)}`}>{one.title}</a>
                    <span class="small block">{STEP_WORDS[one.step][locale]}</span>
                  </th>
                  <td data-label={project}>{one.project === '' ? '–' : (projects[one.project] ?? one.project)}</td>
                  <td data-label={author}>{one.author}</td>
                  <td data-label={version}>{words.last(one.version, one.versions)}</td>
                  <td data-label={on}>{day(one.frozen_at)}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        )}
      </section>
      <Pager locale={locale} path={`/editions/${edition.id}/documents`} from={from} next={next} />
    </Shell>
  );
}

/** One document: a version of it, or two of them word by word. */
export function DocumentPage({ part, ...shell }: ShellProps & { part: DocumentPart }) {
  const { locale } = shell;
  const { documents: words } = wordsOf(locale).reading;
  const { edition, versions, shown, compared } = part;
  const day = (at: Date) => dayInWords(at.getTime(), part, locale);
  const [last] = versions;
  const nameOf = ({ version, generation }: DocumentPart['shown']) =>
    generation === last?.generation ? words.version(version) : words.former(version);
  const keyOf = ({ version, generation }: DocumentPart['shown']) => `${generation}.${version}`;
  const options = (chosen: DocumentPart['shown'] | undefined) =>
    versions.map((one) => (
      <option value={keyOf(one)} selected={chosen !== undefined && keyOf(one) === keyOf(chosen)}>
        {`${nameOf(one)} – ${day(one.frozen_at)}`}
      </option>
    ));
  return (
    <Shell {...shell} of={part} current="documents" title={shown.title} above={{ path: 'documents', title: words.title }}>
      <p class="small">
        {nameOf(shown)} · {words.by(shown.author, day(shown.frozen_at))}
      </p>
      {versions.length < 2 ? null : (
        <form method="get" class="card no-print">
          <h2>{words.compare}</h2>
          <div class="buttons">
            <label>
              {words.older} <select name="before">{options(compared ?? versions[1])}</select>
            </label>
            <label>
              {words.newer} <select name="version">{options(shown)}</select>
            </label>
            <button type="submit" class="quiet">
              {words.see}
            </button>
          </div>
        </form>
      )}
      <article class="card text document">
        {compared === undefined ? (
          <Written text={shown.body} />
        ) : (
          <>
            <h2>{words.compared(`${nameOf(compared)} – ${compared.title}`, `${nameOf(shown)} – ${shown.title}`)}</h2>
            <Compared before={compared.body} after={shown.body} locale={locale} />
          </>
        )}
      </article>
      <p class="small">
        {words.hash} <code class="hash">{shown.hash}</code>
      </p>
      {versions.length < 2 ? null : (
        <ul class="small">
          {versions.map((one) => (
            <li>
              <a href={`/editions/${edition.id}/${pathOf(one)}?version=${keyOf(one)}`}>{nameOf(one)}</a> ·{' '}
              {words.by(one.author, day(one.frozen_at))}
            </li>
          ))}
        </ul>
      )}
    </Shell>
  );
}
