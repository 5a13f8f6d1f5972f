/** The page of an ask that is not open: what was answered, why nothing is needed, too late, or not yet. */

import { hardEndOf } from '../../domain/asks/hard-end.js';
import { dateInWords, deadlineInWords, instantInWords } from '../../domain/instants.js';
import { partInWords } from '../../domain/phrases.js';
import type { AskView } from '../../domain/view.js';
import type { ActResult, Raw, ReadingPart } from '../backend.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { Answers, begun, Typed } from './answers.js';
import { Fact } from './facts.js';
import { Material } from './material.js';

type Refusal = Extract<ActResult, { ok: false }>;

/** What the page of a closed ask is drawn from. */
export interface ClosedPageProps {
  /** What may be read from now on. */
  reading?: ReadingPart;
  view: AskView;
  /** Why what was just posted was not taken. */
  refused?: Refusal;
  /** What was typed and is not an answer: shown, so that it is not lost. */
  posted?: Raw;
}

/** The page of an ask that takes no answer any more. */
export function ClosedPage({ view, refused, posted, reading }: ClosedPageProps) {
  const { locale } = view.person;
  const { page, kinds } = wordsOf(locale);
  const { title, lines } = sayings(view, refused);
  const answered = view.closed?.state === 'answered' && refused === undefined;
  return (
    <Layout locale={locale} title={title} edition={view.edition} at={view.at} request={view.request}>
      <p class="small">{page.hello(view.person.name)}</p>
      <h1>{title}</h1>
      <div class={answered ? 'notice' : 'card'}>
        {lines.map((line) => (
          <p>{line}</p>
        ))}
      </div>
      {view.closed?.mayTakeBack && (view.edition.status === 'running' || view.edition.status === 'paused') ? (
        <form class="card" method="post" action={`/r/${view.request}/take-back`}>
          <p>{page.closed.takeBackLead(view.closed?.by ?? '')}</p>
          <button type="submit" class="quiet">
            {page.closed.takeBack}
          </button>
        </form>
      ) : null}
      {mayCorrect(view) ? (
        <form class="card" method="post" action={`/r/${view.request}/correct`}>
          <p>{page.closed.correctLead}</p>
          <button type="submit" class="quiet">
            {page.closed.correct}
          </button>
        </form>
      ) : null}
      {view.ask.kind === 'apply' ? (
        <Application view={view} typed={posted} />
      ) : view.closed?.answer && refused === undefined ? (
        <section class="card">
          <p class="small">{kinds[view.ask.kind].page.title(view)}</p>
          <h2>{page.closed.answerTitle}</h2>
          <Answers view={view} answer={view.closed.answer} />
        </section>
      ) : null}
      {posted && view.ask.kind !== 'apply' ? (
        <section class="card">
          <h2>{page.closed.typed}</h2>
          <p class="small">{page.closed.typedLead}</p>
          <Typed view={view} raw={posted} />
        </section>
      ) : null}
      {view.otherDraft ? (
        <section class="card">
          <h2>{page.twoTexts.title}</h2>
          <p class="small">{page.closed.typedLead}</p>
          <Typed view={view} raw={view.otherDraft} />
        </section>
      ) : null}
      {reading?.applications === undefined ? null : <Material view={view} reading={reading} />}
      {answered || view.sentBack !== undefined ? (
        <div class="card">
          <dl class="facts">
            <Fact name={page.closed.next}>{kinds[view.ask.kind].page.next(view)}</Fact>
          </dl>
        </div>
      ) : null}
      <p class="small">
        {page.closed.change(view.edition.contact.name, view.edition.contact.email)} {page.closed.drop}
      </p>
    </Layout>
  );
}

/** An ask that is only announced: a session before the hour at which it asks. */
export function AnnouncedPage({ view }: { view: AskView }) {
  const { locale } = view.person;
  const { announced, hello } = wordsOf(locale).page;
  const title = announced.title(
    partInWords(view.ask.part, view, locale) ?? (view.ask.kind === 'session' ? dateInWords(view.ask.due, view, locale) : undefined),
  );
  return (
    <Layout locale={locale} title={title} edition={view.edition} at={view.at} request={view.request}>
      <p class="small">{hello(view.person.name)}</p>
      <h1>{title}</h1>
      <div class="card">
        {view.project ? (
          <p>
            <strong>{view.project.title}</strong>
          </p>
        ) : null}
        <p>{announced.lead(instantInWords(view.ask.opensAt, view, locale))}</p>
        {view.ask.kind === 'session' ? <p>{announced.ask}</p> : null}
      </div>
    </Layout>
  );
}

/** Whether what was sent can still be written over: an application, until the call closes. */
const mayCorrect = ({ ask, at, closed, edition }: AskView): boolean =>
  ask.kind === 'apply' &&
  closed?.state === 'answered' &&
  ask.outcome === undefined &&
  (edition.status === 'running' || edition.status === 'paused') &&
  at < (hardEndOf(ask) ?? ask.dueAt);

function sayings(view: AskView, refused: Refusal | undefined): { title: string; lines: string[] } {
  const { locale } = view.person;
  const { page, kinds, call } = wordsOf(locale);
  const { closed: words } = page;
  const ended = view.ask.closedOn ? words.missedLead(dateInWords(view.ask.closedOn, view, locale)) : words.missedPlain;
  const deadline = words.late(deadlineInWords(hardEndOf(view.ask) ?? view.ask.dueAt, view, locale));
  const lateTitle = view.ask.kind === 'apply' ? call.refused : words.missed;
  const { closed } = view;
  if (refused?.reason === 'already-answered' && closed?.state !== 'delegated' && !closed?.takenBack) {
    const own = closed?.state === 'answered' && closed.answer !== undefined;
    if (!own) return { title: words.already, lines: [refused.by ? words.alreadyBy(refused.by) : words.notNeededEnough] };
    return { title: words.already, lines: [words.answeredAt(instantInWords(closed.at, view, locale, { year: true }))] };
  }
  if (refused?.reason === 'late') return { title: lateTitle, lines: [deadline] };
  if (closed === undefined) {
    if (view.edition.status !== 'running' && view.edition.status !== 'paused') return { title: words.ended, lines: [words.endedLead] };
    if (view.ask.outcome === undefined) return { title: lateTitle, lines: [deadline] };
    return view.ask.outcome === 'complete' ? { title: words.notNeeded, lines: [notNeeded(view)] } : { title: words.missed, lines: [ended] };
  }
  const when = instantInWords(closed.at, view, locale, { year: true });
  const other = closed.by !== undefined && closed.by !== view.person.name ? closed.by : undefined;
  switch (closed.state) {
    case 'answered':
      return { title: kinds[view.ask.kind].page.done, lines: [other ? words.answeredBy(other, when) : words.answeredAt(when)] };
    case 'declined':
      return { title: words.declined, lines: [words.answeredAt(when)] };
    case 'delegated':
      return { title: other ? words.delegatedTo(other) : words.delegated, lines: [words.delegatedLead] };
    case 'missed':
      return { title: view.ask.kind === 'apply' ? call.refused : words.missed, lines: [view.ask.kind === 'apply' ? deadline : ended] };
    case 'not-needed':
      if (view.ask.outcome === 'cancelled' && (view.edition.status === 'cancelled' || view.edition.status === 'closed'))
        return { title: words.ended, lines: [words.endedLead] };
      if (closed.relieved) return { title: words.notNeeded, lines: [closed.by ? words.givenTo(closed.by) : words.relieved] };
      if (closed.takenBack && closed.by) return { title: words.notNeeded, lines: [words.takenBack(closed.by)] };
      return { title: words.notNeeded, lines: [other ? words.notNeededBy(other) : notNeeded(view)] };
  }
}

function notNeeded(view: AskView): string {
  const { ask, person, sentBack } = view;
  const { closed } = wordsOf(person.locale).page;
  if (sentBack !== undefined)
    return closed.notNeededSentBack[sentBack.what](ask.version, sentBack.by, dateInWords(sentBack.on, view, person.locale));
  if (ask.outcome === 'cancelled') return closed.notNeededCancelled;
  return ask.outcome === 'closed' ? closed.notNeededClosed : closed.notNeededEnough;
}

function Application({ view, typed }: { view: AskView; typed?: Raw | undefined }) {
  const { page } = wordsOf(view.person.locale);
  const { closed } = view;
  return (
    <section class="card">
      <h2>{closed?.state === 'answered' && !typed ? page.closed.submittedTitle : page.closed.typed}</h2>
      {closed?.answer && !typed ? (
        <Answers view={view} answer={closed.answer} />
      ) : (
        <Typed view={view} raw={typed ?? { ...begun(view), ...view.draft }} />
      )}
    </section>
  );
}
