/** The page of an open ask: the question, the facts, what has to be read, the form. */

import { isDelegable } from '../../domain/asks.js';
import type { FieldProblem, Option } from '../../domain/forms.js';
import { deadlineInWords } from '../../domain/instants.js';
import type { AskView } from '../../domain/view.js';
import type { Raw } from '../backend.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { formOf } from './answers.js';
import { Fact, Facts } from './facts.js';
import { ErrorSummary, Fields, type FormProps } from './form.js';
import { Material } from './material.js';
import { hardEndOf } from './standing.js';

/** What the page of an open ask is drawn from. */
export interface AskPageProps {
  view: AskView;
  /** What was just posted, when it has to be looked at again. */
  posted?: Raw;
  problems?: FieldProblem[];
  /** Said at the top: kept, started. */
  notice?: string;
  relayLink?: string;
}

/** The page of every kind of ask but `apply`. */
export function AskPage({ view, posted, problems = [], notice, relayLink }: AskPageProps) {
  const { locale } = view.person;
  const { page, asks } = wordsOf(locale);
  const { title, lead, button } = asks[view.ask.kind];
  const form: FormProps = { ...formOf(view), values: posted ?? view.draft ?? view.former ?? {}, problems, locale };
  const action = `/r/${view.request}`;
  return (
    <Layout locale={locale} title={titleOf(title(view), problems, locale)} edition={view.edition} at={view.at} withScript>
      <ErrorSummary {...form} />
      <Hello view={view} />
      <h1>{title(view)}</h1>
      <Notice notice={notice ?? (view.draft && !posted ? page.kept : undefined)} />
      <p class="lead">{lead(view)}</p>
      <Facts view={view} relayLink={relayLink} />
      <Material view={view} />
      <form class="card" method="post" action={action} novalidate {...draftAttributes(view)}>
        <Fields {...form} />
        <div class="buttons">
          <button type="submit">{button}</button>
          <button type="submit" class="quiet" formaction={`${action}/draft`}>
            {page.sending}
          </button>
          <span class="small" id="draft-status" role="status" />
        </div>
      </form>
    </Layout>
  );
}

/** The draft of an application: its own fields, the needs of the call, and two buttons. */
export function ApplyPage({ view, needs, posted, problems = [], notice }: AskPageProps & { needs: Option[] }) {
  const { locale } = view.person;
  const { page, asks, call, fields } = wordsOf(locale);
  const { title, lead, button, next } = asks.apply;
  const words = fields.apply(view);
  const kept: Raw = {
    title: view.application?.title ?? '',
    summary: view.application?.summary ?? '',
    need: needs.find(({ id, label }) => id === view.application?.need || label === view.application?.need)?.id ?? '',
  };
  const form: FormProps = {
    fields: [
      { type: 'text', name: 'title', required: true },
      { type: 'choice', name: 'need', required: true, options: needs.map(({ id }) => id) },
      { type: 'long', name: 'summary', required: true },
    ],
    words: {
      ...words,
      need: { ...words.need, options: Object.fromEntries(needs.map(({ id, label, hint }) => [id, { label, ...(hint ? { hint } : {}) }])) },
    },
    values: posted ?? { ...kept, ...view.draft },
    problems,
    locale,
  };
  const action = `/r/${view.request}`;
  return (
    <Layout locale={locale} title={titleOf(title(view), problems, locale)} edition={view.edition} at={view.at} withScript>
      <ErrorSummary {...form} />
      <Hello view={view} />
      <h1>{title(view)}</h1>
      <Notice notice={notice} />
      <p class="lead">{lead(view)}</p>
      <div class="card">
        <dl class="facts">
          <Fact name={call.closesAt}>
            <strong>{call.closesFirm(deadlineInWords(hardEndOf(view) ?? view.ask.dueAt, view, locale))}</strong>
          </Fact>
          <Fact name={page.facts.next}>{next(view)}</Fact>
        </dl>
      </div>
      <form class="card" method="post" action={action} novalidate {...draftAttributes(view)}>
        <p>
          <span class="tag wrap entrepreneur">{call.draft}</span>
        </p>
        <Fields {...form} />
        <div class="buttons">
          <button type="submit">{button}</button>
          <button type="submit" class="quiet" formaction={`${action}/draft`}>
            {call.save}
          </button>
          <span class="small" id="draft-status" role="status" />
        </div>
      </form>
    </Layout>
  );
}

const titleOf = (title: string, problems: FieldProblem[], locale: AskView['person']['locale']) =>
  problems.length > 0 ? `${wordsOf(locale).page.errors.prefix}${title}` : title;

const draftAttributes = ({ request, person }: AskView) => {
  const { page } = wordsOf(person.locale);
  return { 'data-draft': `/r/${request}/draft`, 'data-kept': page.kept, 'data-failed': page.keepFailed };
};

/** Who is greeted, and the way out for who is not the right person. */
export function Hello({ view }: { view: AskView }) {
  const { page } = wordsOf(view.person.locale);
  return (
    <p class="small">
      {page.hello(view.person.name)}
      {isDelegable(view.ask.kind) ? (
        <>
          {' '}
          · <a href={`/r/${view.request}/absent`}>{page.notMe}</a>
        </>
      ) : null}
      {view.onBehalfOf ? (
        <>
          <br />
          {page.onBehalf(view.onBehalfOf.name, view.onBehalfOf.named)}
        </>
      ) : null}
    </p>
  );
}

function Notice({ notice }: { notice?: string | undefined }) {
  return notice ? (
    <div class="notice" role="status">
      <p>{notice}</p>
    </div>
  ) : null;
}
