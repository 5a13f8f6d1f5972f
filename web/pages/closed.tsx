/** The page of an ask that is not open: what was answered, why nothing is needed, too late, or not yet. */

import type { AskView } from '../../domain/view.js';
import { inWords } from '../../domain/words.js';
import type { ActResult, Raw } from '../backend.js';
import { Layout } from '../layout.js';
import { Text } from '../text.js';
import { deadlineInWords, instantInWords, partInWords } from '../words/dates.js';
import { wordsOf } from '../words/index.js';
import { Answers, Rows, Typed } from './answers.js';
import { Fact } from './facts.js';

type Refusal = Extract<ActResult, { ok: false }>;

/** `refused`: why what was just posted was not taken; `posted`: its words, which are shown so that they are not lost. */
export function ClosedPage({ view, refused, posted }: { view: AskView; refused?: Refusal; posted?: Raw }) {
  const { locale } = view.person;
  const { page, asks } = wordsOf(locale);
  const { title, lines } = sayings(view, refused);
  const answered = view.closed?.state === 'answered' && refused === undefined;
  return (
    <Layout locale={locale} title={title} edition={view.edition} at={view.at}>
      <p class="small">{page.hello(view.person.name)}</p>
      <h1>{title}</h1>
      <div class={answered ? 'notice' : 'card'}>
        {lines.map((line) => (
          <p>{line}</p>
        ))}
      </div>
      {view.closed?.answer && refused === undefined ? (
        <section class="card">
          <p class="small">{asks[view.ask.kind].title(view)}</p>
          <h2>{page.closed.answerTitle}</h2>
          <Answers view={view} answer={view.closed.answer} />
        </section>
      ) : null}
      {view.ask.kind === 'apply' && view.application ? <Application view={view} answered={answered} /> : null}
      {posted ? (
        <section class="card">
          <h2>{page.closed.typed}</h2>
          <p class="small">{page.closed.typedLead}</p>
          <Typed view={view} raw={posted} />
        </section>
      ) : null}
      {answered ? (
        <div class="card">
          <dl class="facts">
            <Fact name={page.closed.next}>{asks[view.ask.kind].next(view)}</Fact>
          </dl>
        </div>
      ) : null}
      <p class="small">
        {view.ask.kind === 'apply' && answered && view.ask.outcome === undefined ? `${page.closed.submitted} ` : ''}
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
    partInWords(view.ask.part, locale) ?? (view.ask.kind === 'session' ? inWords(view.ask.due, locale) : undefined),
  );
  return (
    <Layout locale={locale} title={title} edition={view.edition} at={view.at}>
      <p class="small">{hello(view.person.name)}</p>
      <h1>{title}</h1>
      <div class="card">
        {view.project ? (
          <p>
            <strong>{view.project.title}</strong>
          </p>
        ) : null}
        <p>{announced.lead(instantInWords(view.ask.opensAt, view.edition.timezone, locale))}</p>
        {view.ask.kind === 'session' ? <p>{announced.ask}</p> : null}
      </div>
    </Layout>
  );
}

function sayings(view: AskView, refused: Refusal | undefined): { title: string; lines: string[] } {
  const { locale } = view.person;
  const { page, asks, call } = wordsOf(locale);
  const { closed: words } = page;
  const ended = view.ask.closedOn ? words.missedLead(inWords(view.ask.closedOn, locale)) : words.missedPlain;
  const deadline = words.late(deadlineInWords(view.ask.dueAt, view.edition.timezone, locale));
  const lateTitle = view.ask.kind === 'apply' ? call.refused : words.missed;
  if (refused?.reason === 'already-answered')
    return { title: words.already, lines: [refused.by ? words.alreadyBy(refused.by) : words.notNeededEnough] };
  if (refused?.reason === 'late') return { title: lateTitle, lines: [deadline] };
  const { closed } = view;
  if (closed === undefined) {
    if (view.ask.outcome === undefined) return { title: lateTitle, lines: [deadline] };
    return view.ask.outcome === 'complete' ? { title: words.notNeeded, lines: [notNeeded(view)] } : { title: words.missed, lines: [ended] };
  }
  const when = instantInWords(closed.at, view.edition.timezone, locale, { year: true });
  const other = closed.by !== undefined && closed.by !== view.person.name ? closed.by : undefined;
  switch (closed.state) {
    case 'answered':
      return { title: asks[view.ask.kind].done, lines: [other ? words.answeredBy(other, when) : words.answeredAt(when)] };
    case 'declined':
      return { title: words.declined, lines: [words.answeredAt(when)] };
    case 'delegated':
      return { title: other ? words.delegatedTo(other) : words.delegated, lines: [words.delegatedLead] };
    case 'missed':
      return { title: view.ask.kind === 'apply' ? call.refused : words.missed, lines: [view.ask.kind === 'apply' ? deadline : ended] };
    case 'not-needed':
      return { title: words.notNeeded, lines: [other ? words.notNeededBy(other) : notNeeded(view)] };
  }
}

function notNeeded({ ask, person }: AskView): string {
  const { closed } = wordsOf(person.locale).page;
  if (ask.outcome === 'cancelled') return closed.notNeededCancelled;
  return ask.outcome === 'closed' ? closed.notNeededClosed : closed.notNeededEnough;
}

function Application({ view, answered }: { view: AskView; answered: boolean }) {
  const { page, fields } = wordsOf(view.person.locale);
  const words = fields.apply(view);
  const { title = '', need = '', summary = '' } = view.application ?? {};
  const said = [
    { label: words.title.label, said: title },
    { label: words.need.label, said: need },
    { label: words.summary.label, said: <Text text={summary} /> },
  ];
  return (
    <section class="card">
      <h2>{answered ? page.closed.submittedTitle : page.closed.typed}</h2>
      <Rows rows={said} />
    </section>
  );
}
