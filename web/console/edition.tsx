/** One edition: today – its phases, who blocks what, its slack –, its plan, its projects. */
import { isActName, UNDOABLE } from '../../domain/acts.js';
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
import { Incidents, Projects } from './tables.js';
import { type Tab, Tabs } from './tabs.js';
import { Waits } from './waits.js';

interface EditionProps {
  locale: Locale;
  viewer: Viewer;
  page: EditionPage;
  /** Which of its pages; today's, where nothing is said. */
  tab?: Tab;
  tabs: readonly Tab[];
  /** An address that was refused, with what was typed. */
  tried?: Tried;
  /** What has just been done, or refused. */
  done?: string;
}

/** A page of an edition: today, its plan, its projects. */
export function EditionPageView({ locale, viewer, page, tab = 'today', tabs, tried, done }: EditionProps) {
  const words = wordsOf(locale).console;
  const { edition, begins } = page;
  const standing =
    begins === undefined
      ? edition.status === 'running'
        ? undefined
        : words.statuses[edition.status]
      : words.begins(dateInWords(begins, page, locale));
  const title = tab === 'today' ? edition.title : `${words.tabs[tab]} – ${edition.title}`;
  return (
    <Layout
      locale={locale}
      title={title}
      edition={edition}
      at={page.at}
      wide
      viewer={viewer}
      menu={<Menu locale={locale} viewer={viewer} edition={page.edition.id} />}
    >
      <p class="small crumbs">
        <a href="/">{words.editions}</a> › {edition.territory}
      </p>
      <h1>
        {edition.title} {standing === undefined ? null : <span class="tag plain-tag">{standing}</span>}
      </h1>
      {done === undefined ? null : (
        <p class="notice" role="status">
          {isActName(done) ? words.acts.done[done] : done === 'answer-for' ? words.answerFor.done : words.answerFor.refused}{' '}
          {isActName(done) && UNDOABLE.includes(done) ? <a href={`/editions/${edition.id}/acts/undo`}>{words.acts.links.undo}</a> : null}
        </p>
      )}
      <p class="small acts">
        {page.calendar === undefined ? null : <a href={page.calendar}>{words.calendar}</a>}
        {page.mayAct ? <a href={`/editions/${edition.id}/acts/cancel`}>{words.acts.links.cancel}</a> : null}
      </p>
      <Tabs edition={edition.id} shown={tabs} current={tab} locale={locale} />
      {tab === 'today' ? <Today page={page} locale={locale} {...(tried === undefined ? {} : { tried })} /> : null}
      {tab === 'plan' ? <Schedule page={page} locale={locale} /> : null}
      {tab === 'projects' ? <Projects page={page} locale={locale} /> : null}
    </Layout>
  );
}

/** Who blocks what, what leaves by itself, the margin, and what fails. */
function Today({ page, locale, tried }: { page: EditionPage; locale: Locale; tried?: Tried }) {
  return (
    <>
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
    </>
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
