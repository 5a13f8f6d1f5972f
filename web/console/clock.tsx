/** The clock of a demonstration: the band on top of every page of its edition, and the page on which it is moved. */
import { hourInWords, todayOf } from '../../domain/instants.js';
import { STEP_IDS } from '../../domain/steps.js';
import { inWords, isRoleWord, type Locale, ROLE_WORDS, STEP_WORDS } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import type { AdvanceWanted, ClockPage, NotMoved } from '../backend.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';

/** What was asked for on the page. */
export interface TypedAdvance extends Omit<AdvanceWanted, 'goal'> {
  goal: 'next' | 'date' | 'step';
  date: string;
  step: string;
}

interface ClockProps {
  locale: Locale;
  viewer: Viewer;
  page: ClockPage;
  typed: TypedAdvance;
  problem?: NotMoved;
}

/** How many people are named. */
const mostNamed = 12;

/** The page. */
export function ClockPageView({ locale, viewer, page, typed, problem }: ClockProps) {
  const { clock: words, console: common } = wordsOf(locale);
  const { edition, at, last, mailbox } = page;
  return (
    <Layout
      locale={locale}
      title={words.title}
      edition={edition}
      at={at}
      wide
      {...(last?.running ? {} : { viewer })}
      menu={<Menu locale={locale} viewer={viewer} />}
    >
      <p class="small crumbs">
        <a href="/">{common.editions}</a> › <a href={`/editions/${edition.id}`}>{edition.title}</a>
      </p>
      <h1>{words.title}</h1>
      {problem === undefined ? null : (
        <p class="notice" role="alert">
          {words.notMoved(words.refused[problem])}
        </p>
      )}
      <p class="lead">{words.lead}</p>
      <section class="card" aria-live="polite">
        <h2>{words.now(inWords(todayOf(page), locale, { year: true }), hourInWords(at, edition.timezone, locale))}</h2>
        {last?.running ? <Moving locale={locale} page={page} last={last} /> : <Standing locale={locale} page={page} />}
        <p>
          {mailbox === undefined ? null : <a href={mailbox}>{words.mailbox}</a>} {mailbox === undefined ? null : '· '}
          <a href={`/editions/${edition.id}`}>{words.edition}</a>
        </p>
      </section>
      {last?.running ? null : <Form locale={locale} page={page} typed={typed} />}
    </Layout>
  );
}

type LastProps = { locale: Locale; page: ClockPage; last: NonNullable<ClockPage['last']> };

function Since({ locale, page, last }: LastProps) {
  const from = todayOf({ at: last.from_at.getTime(), edition: page.edition });
  return <>{wordsOf(locale).clock.since(inWords(from, locale, { year: true }), last.mails)}</>;
}

function Moving(props: LastProps) {
  const { clock: words } = wordsOf(props.locale);
  const path = `/editions/${props.page.edition.id}/clock`;
  return (
    <>
      <p>
        <strong>{words.moving}.</strong> <Since {...props} /> {words.refreshes}
      </p>
      <form method="post" action={`${path}/stop`} class="buttons">
        <a class="button quiet" href={path}>
          {words.refresh}
        </a>
        <button type="submit" class="quiet">
          {words.stop}
        </button>
      </form>
    </>
  );
}

function Standing({ locale, page }: { locale: Locale; page: ClockPage }) {
  const { clock: words } = wordsOf(locale);
  const { last, waitingOn } = page;
  const ends: Readonly<Record<string, string>> = words.ends;
  const named = waitingOn.slice(0, mostNamed);
  const more = waitingOn.length - named.length;
  return (
    <>
      {last === undefined ? null : (
        <p>
          {ends[last.ended ?? 'cut']} <Since locale={locale} page={page} last={last} />
        </p>
      )}
      {named.length === 0 ? null : (
        <p>
          {words.waiting} {named.join(', ')}
          {more > 0 ? ` ${words.others(more)}` : ''}.
        </p>
      )}
    </>
  );
}

function Form({ locale, page, typed }: Pick<ClockProps, 'locale' | 'page' | 'typed'>) {
  const { clock: words } = wordsOf(locale);
  const { edition, at, people } = page;
  const goals = ['next', 'date', 'step'] as const;
  return (
    <form class="card" method="post" action={`/editions/${edition.id}/clock`} novalidate>
      <h2>{words.form}</h2>
      <fieldset>
        <legend>{words.goal}</legend>
        {goals.map((goal) => (
          <label class="choice">
            <input type="radio" name="goal" value={goal} checked={typed.goal === goal} /> <span>{words.goals[goal]}</span>
          </label>
        ))}
        <div class="field">
          <label class="block" for="f-date">
            {words.date}
          </label>
          <input type="date" id="f-date" name="date" value={typed.date} min={todayOf({ at, edition })} />
        </div>
        <div class="field">
          <label class="block" for="f-step">
            {words.step}
          </label>
          <select id="f-step" name="step">
            {STEP_IDS.map((step) => (
              <option value={step} selected={typed.step === step}>
                {STEP_WORDS[step][locale]}
              </option>
            ))}
          </select>
        </div>
      </fieldset>
      <fieldset>
        <legend>{words.whoPlays}</legend>
        {Object.entries(words.players).map(([player, label]) => (
          <label class="choice">
            <input type="radio" name="others" value={player} checked={typed.others === player} /> <span>{label}</span>
          </label>
        ))}
      </fieldset>
      <details open={typed.acting.length > 0}>
        <summary>{words.own}</summary>
        <p class="small">{words.ownHint}</p>
        <fieldset>
          <legend class="hidden">{words.own}</legend>
          {people.map(({ id, name, role }) => (
            <label class="choice">
              <input type="checkbox" name="acting" value={id} checked={typed.acting.includes(id)} />
              <span>
                {name} <span class="tag plain-tag">{isRoleWord(role) ? ROLE_WORDS[role][locale] : role}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label class="block" for="f-seed">
            {words.seed}
          </label>
          <span class="hint" id="f-seed-hint">
            {words.seedHint}
          </span>
          <input type="text" inputmode="numeric" id="f-seed" name="seed" value={String(typed.seed)} aria-describedby="f-seed-hint" />
        </div>
      </details>
      <div class="buttons">
        <button type="submit">{words.button}</button>
      </div>
    </form>
  );
}
