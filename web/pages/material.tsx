/** What has to be read before answering, other than frozen documents: applications, the project, the jury's results. */
import type { AskKind } from '../../domain/asks.js';
import type { ApplicationView, AskView } from '../../domain/view.js';
import type { Locale } from '../../domain/words.js';
import type { ReadingPart } from '../backend.js';
import { Scroll } from '../scroll.js';
import { Text } from '../text.js';
import { wordsOf } from '../words/index.js';
import { Written } from '../written.js';
import { Fact } from './facts.js';
import { Measures } from './measures.js';

function Application({ application, locale, open }: { application: ApplicationView; locale: Locale; open: boolean }) {
  const { page } = wordsOf(locale);
  return (
    <details open={open}>
      <summary>{page.read(application.title)}</summary>
      <dl class="facts">
        <Fact name={page.applicant}>{application.applicant}</Fact>
        <Fact name={page.facts.need}>{application.need}</Fact>
      </dl>
      {application.unmet && application.unmet.length > 0 ? (
        <div class="notice">
          {application.unmet.map((says) => (
            <p>{says[locale]}</p>
          ))}
          <p class="small">{page.rulesWarn}</p>
        </div>
      ) : null}
      <div class="text">
        <Written text={application.summary} />
      </div>
      {application.material ? (
        <>
          <h3>{page.material}</h3>
          <div class="text">
            <Text text={application.material} />
          </div>
        </>
      ) : null}
    </details>
  );
}

/**
 * The kinds whose page opens the applications. A juror declares interests before reading any, and an applicant reads nobody else's:
 * whatever a view carries, their pages show titles only.
 */
const readers: readonly AskKind[] = ['eligibility', 'shortlist', 'score', 'deliberation', 'approve'];

/** The card of what has to be read; nothing where there is nothing. */
export function Material({ view, reading = {} }: { view: AskView; reading?: ReadingPart | undefined }) {
  const { locale } = view.person;
  const { page } = wordsOf(locale);
  const own = view.application ? [view.application] : [];
  const shown = view.applications.length > 0 ? view.applications : own;
  const applications = reading.applications ?? (readers.includes(view.ask.kind) ? shown : []);
  return (
    <>
      {reading.interviews === undefined ? null : (
        <section class="card">
          <h2>{page.interviewsTitle}</h2>
          <p>
            {reading.interviews === 0 ? (
              page.interviewsNone
            ) : (
              <a href={`/r/${view.request}/interviews`}>{page.interviewsRead(reading.interviews)}</a>
            )}
          </p>
        </section>
      )}
      {reading.letters === undefined ? null : (
        <section class="card">
          <h2>{page.letters.title}</h2>
          <p>
            <a href={`/r/${view.request}/letters`}>{page.letters.read(reading.letters)}</a>
          </p>
        </section>
      )}
      {reading.sessions === undefined ? null : (
        <Measures sessions={reading.sessions} form={reading.form} locale={locale} coordinators={view.person.role === 'coordinator'} />
      )}
      {applications.length > 0 ? (
        <section class="card">
          <h2>{page.applications}</h2>
          {reading.applications === undefined ? null : <p>{page.readNow}</p>}
          {applications.map((application) => (
            <Application application={application} locale={locale} open={applications.length === 1} />
          ))}
        </section>
      ) : null}
      {view.scores && view.scores.length > 0 ? <Results view={view} /> : null}
    </>
  );
}

function Results({ view: { scores = [], person } }: { view: AskView }) {
  const { results } = wordsOf(person.locale).page;
  const figure = new Intl.NumberFormat(person.locale, { maximumFractionDigits: 1 });
  return (
    <section class="card">
      <h2 id="results">{results.title}</h2>
      <Scroll labelledBy="results">
        <table>
          <thead>
            <tr>
              <th scope="col">{results.project}</th>
              <th scope="col" class="num">
                {results.mean}
              </th>
              <th scope="col" class="num">
                {results.median}
              </th>
              <th scope="col" class="num">
                {results.spread}
              </th>
              <th scope="col" class="num">
                {results.jurors}
              </th>
            </tr>
          </thead>
          <tbody>
            {scores.map(({ title, mean, median, spread, jurors }) => (
              <tr>
                <th scope="row">{title}</th>
                <td class="num">{figure.format(mean)}</td>
                <td class="num">{figure.format(median)}</td>
                <td class="num">{figure.format(spread)}</td>
                <td class="num">{jurors}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
