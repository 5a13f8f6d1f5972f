/** One edition: its phases, who blocks what, its slack, its schedule, and what happened. */
import { isActName } from '../../domain/acts.js';
import { dateInWords } from '../../domain/instants.js';
import { PHASE_IDS } from '../../domain/steps.js';
import { type Locale, PHASE_WORDS, STEP_WORDS } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import type { EditionPage } from '../backend.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';
import { Addresses, type Tried } from './addresses.js';
import { Coming } from './coming.js';
import { Schedule } from './schedule.js';
import { Slack } from './slack.js';
import { Incidents, Journal, Machine, Mails, Projects } from './tables.js';
import { Waits } from './waits.js';

interface EditionProps {
  locale: Locale;
  viewer: Viewer;
  page: EditionPage;
  /** An address that was refused, with what was typed. */
  tried?: Tried;
  /** What has just been done, or refused. */
  done?: string;
}

/** The page of an edition. */
export function EditionPageView({ locale, viewer, page, tried, done }: EditionProps) {
  const words = wordsOf(locale).console;
  const { edition, begins } = page;
  const said =
    done === undefined
      ? undefined
      : isActName(done)
        ? words.acts.done[done]
        : done === 'answer-for'
          ? words.answerFor.done
          : words.answerFor.refused;
  const standing =
    begins === undefined
      ? edition.status === 'running'
        ? undefined
        : words.statuses[edition.status]
      : words.begins(dateInWords(begins, page, locale));
  return (
    <Layout locale={locale} title={edition.title} edition={edition} at={page.at} wide menu={<Menu locale={locale} viewer={viewer} />}>
      <p class="small crumbs">
        <a href="/">{words.editions}</a> › {edition.territory}
      </p>
      <h1>
        {edition.title} {standing === undefined ? null : <span class="tag plain-tag">{standing}</span>}
      </h1>
      {said === undefined ? null : (
        <p class="notice" role="status">
          {said}
        </p>
      )}
      <p class="small acts">
        {page.calendar === undefined ? null : <a href={page.calendar}>{words.calendar}</a>}
        {page.mayAct ? <a href={`/editions/${edition.id}/acts/cancel`}>{words.acts.links.cancel}</a> : null}
      </p>
      <Phases page={page} locale={locale} />
      <Incidents page={page} locale={locale} />
      <Addresses page={page} locale={locale} {...(tried === undefined ? {} : { tried })} />
      <div class="grid">
        <Waits page={page} locale={locale} />
        <div>
          <Slack page={page} locale={locale} />
          <Coming page={page} locale={locale} />
        </div>
      </div>
      <Schedule page={page} locale={locale} />
      <Projects page={page} locale={locale} />
      {page.mails === undefined ? null : <Mails page={page} locale={locale} />}
      <Journal page={page} locale={locale} />
      <Machine page={page} locale={locale} />
    </Layout>
  );
}

/** What whoever keeps the installation in order sees of an edition that they do not coordinate: its run, and what fails. */
export function EnginePageView({ locale, viewer, page }: { locale: Locale; viewer: Viewer; page: EditionPage }) {
  const words = wordsOf(locale).console;
  const { edition } = page;
  return (
    <Layout locale={locale} title={edition.title} edition={edition} at={page.at} wide menu={<Menu locale={locale} viewer={viewer} />}>
      <p class="small crumbs">
        <a href="/">{words.editions}</a> › {edition.territory}
      </p>
      <h1>{edition.title}</h1>
      <p>{words.kept}</p>
      <Incidents page={page} locale={locale} />
      <Machine page={page} locale={locale} />
    </Layout>
  );
}

function Phases({ page: { phase, lived, edition }, locale }: { page: EditionPage; locale: Locale }) {
  const words = wordsOf(locale).console;
  const over = edition.status === 'closed';
  const current = phase ? PHASE_IDS.indexOf(phase) : -1;
  const running = [...new Set(lived.filter(({ finish }) => finish === undefined).map(({ step }) => STEP_WORDS[step][locale]))];
  return (
    <ol class="phases" aria-label={words.phases}>
      {PHASE_IDS.map((id, i) => {
        const state = over || i < current ? 'done' : i === current ? 'now' : 'next';
        return (
          <li class={state} aria-current={state === 'now' ? 'step' : undefined}>
            {PHASE_WORDS[id][locale]}
            <span class="hidden"> ({words.phaseStates[state]})</span>
            {state === 'now' && running.length > 0 ? <small>{running.join(', ')}</small> : null}
          </li>
        );
      })}
    </ol>
  );
}
