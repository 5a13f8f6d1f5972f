/** The page of an open ask: the question, the facts, what has to be read, the form. */

import type { FieldProblem } from '../../domain/asks/forms.js';
import { hardEndOf } from '../../domain/asks/hard-end.js';
import { unmetRules } from '../../domain/forms.js';
import { deadlineInWords } from '../../domain/instants.js';
import { isDelegable, readWhole } from '../../domain/kinds/index.js';
import type { AskView } from '../../domain/view.js';
import type { Raw, ReadingPart } from '../backend.js';
import { versionField } from '../http.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { begun, formOf, Typed } from './answers.js';
import { Fact, Facts } from './facts.js';
import { ErrorSummary, Fields, type FormProps } from './form.js';
import { Material } from './material.js';

/** What the page of an open ask is drawn from. */
export interface AskPageProps {
  view: AskView;
  /** What was just posted, when it has to be looked at again. */
  posted?: Raw;
  problems?: FieldProblem[];
  /** Said at the top: kept, started. */
  notice?: string;
  relayLink?: string;
  /** What a form begins with that nobody has filled yet. */
  start?: Raw | undefined;
  /** What there is to read beside documents. */
  reading?: ReadingPart;
  /** The number of the draft that `posted` was written from; left out, that of the view's draft. */
  version?: number | undefined;
}

/** The page of every kind of ask but `apply`. */
export function AskPage(props: AskPageProps) {
  const { view, posted, problems = [], notice, relayLink, reading, start } = props;
  const { locale } = view.person;
  const { page, kinds } = wordsOf(locale);
  const { title, lead, button } = kinds[view.ask.kind].page;
  const form: FormProps = { ...formOf(view), values: posted ?? view.draft ?? view.former ?? start ?? ruledBefore(view), problems, locale };
  const action = `/r/${view.request}`;
  return (
    <Layout
      locale={locale}
      title={titleOf(title(view), problems, locale)}
      edition={view.edition}
      at={view.at}
      request={view.request}
      withScript
    >
      <ErrorSummary {...form} />
      <Hello view={view} />
      <h1>{title(view)}</h1>
      <Notice view={view} notice={notice ?? (view.draft && !posted ? page.kept : undefined)} />
      <p class="lead">{lead(view)}</p>
      <Facts view={view} relayLink={relayLink} slot={reading?.slot} />
      <Material view={view} reading={reading} />
      <form class="card" id={formId} method="post" action={action} novalidate {...draftAttributes(view)}>
        <Version {...props} />
        <Fields {...form} />
        <div class="buttons">
          <button type="submit">{button}</button>
          <button type="submit" class="quiet" formaction={`${action}/draft`}>
            {page.sending}
          </button>
          <span class="small" id="draft-status" role="status" />
        </div>
      </form>
      <OtherText {...props} />
    </Layout>
  );
}

/** A ruling as the rules of eligibility would have it, in their words: whoever rules reads it, and may change it. */
function ruledBefore({ ask, application, person }: AskView): Raw {
  const { unmet = [] } = (ask.kind === 'eligibility' ? application : undefined) ?? {};
  return unmet.length === 0 ? {} : { eligible: 'no', reason: unmet.map((says) => says[person.locale]).join('\n') };
}

/** What the rules of the call say of what was typed so far. */
function Rules({ view: { form, person }, typed }: { view: AskView; typed: Raw }) {
  const { page } = wordsOf(person.locale);
  const unmet = unmetRules(form.rules ?? [], readWhole(form, typed).answer);
  if (unmet.length === 0) return null;
  return (
    <div class="notice" role="status">
      <strong>{page.rulesTitle}</strong>
      {unmet.map(({ says }) => (
        <p>{says[person.locale]}</p>
      ))}
      <p class="small">{page.rulesLead}</p>
    </div>
  );
}

/** The draft of an application: its fields, and two buttons. */
export function ApplyPage(props: AskPageProps) {
  const { view, posted, problems = [], notice } = props;
  const { locale } = view.person;
  const { page, kinds, call } = wordsOf(locale);
  const { title, lead, button, next } = kinds.apply.page;
  const form: FormProps = {
    ...formOf(view),
    values: posted ?? { ...begun(view), ...view.draft },
    problems,
    locale,
  };
  const action = `/r/${view.request}`;
  return (
    <Layout
      locale={locale}
      title={titleOf(title(view), problems, locale)}
      edition={view.edition}
      at={view.at}
      request={view.request}
      withScript
    >
      <ErrorSummary {...form} />
      <Hello view={view} />
      <h1>{title(view)}</h1>
      <Notice view={view} notice={notice} />
      <p class="lead">{lead(view)}</p>
      <div class="card">
        <dl class="facts">
          <Fact name={call.closesAt}>
            <strong>{call.closesFirm(deadlineInWords(hardEndOf(view.ask) ?? view.ask.dueAt, view, locale))}</strong>
          </Fact>
          <Fact name={page.facts.next}>{next(view)}</Fact>
        </dl>
      </div>
      <form class="card" id={formId} method="post" action={action} novalidate {...draftAttributes(view)}>
        <Version {...props} />
        <p>
          <span class="tag wrap entrepreneur">{view.reopened ? call.correcting : call.draft}</span>
        </p>
        <Fields {...form} />
        <Rules view={view} typed={form.values} />
        <div class="buttons">
          <button type="submit">{button}</button>
          <button type="submit" class="quiet" formaction={`${action}/draft`}>
            {call.save}
          </button>
          <span class="small" id="draft-status" role="status" />
        </div>
      </form>
      <OtherText {...props} />
    </Layout>
  );
}

const titleOf = (title: string, problems: FieldProblem[], locale: AskView['person']['locale']) =>
  problems.length > 0 ? `${wordsOf(locale).page.errors.prefix}${title}` : title;

const draftAttributes = ({ request, person }: AskView) => {
  const { page } = wordsOf(person.locale);
  return { 'data-draft': `/r/${request}/draft`, 'data-failed': page.keepFailed, 'data-choose': page.twoTexts.choose };
};

const formId = 'answer';

/** Which draft the form was drawn from, so that an old tab does not write over a newer text. */
const Version = ({ view, version }: AskPageProps) => (
  <input type="hidden" name={versionField} value={version ?? view.draftVersion ?? 0} autocomplete="off" />
);

/** The other of two texts that were kept from two tabs, and the way to it; what the form holds is kept on the way. */
function OtherText({ view }: AskPageProps) {
  if (view.otherDraft === undefined) return null;
  const { twoTexts } = wordsOf(view.person.locale).page;
  return (
    <section class="card" id="other">
      <h2>{twoTexts.title}</h2>
      <p class="small">{twoTexts.lead}</p>
      <Typed view={view} raw={view.otherDraft} />
      <button type="submit" class="quiet" form={formId} formaction={`/r/${view.request}/draft/other`}>
        {twoTexts.take}
      </button>
    </section>
  );
}

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

function Notice({ view, notice }: { view: AskView; notice?: string | undefined }) {
  const { twoTexts, paused } = wordsOf(view.person.locale).page;
  const isPaused = view.edition.status === 'paused';
  if (!notice && view.otherDraft === undefined && !isPaused) return null;
  return (
    <div class="notice" role="status">
      {isPaused ? <p>{paused}</p> : null}
      {notice ? <p>{notice}</p> : null}
      {view.otherDraft ? (
        <p>
          <a href="#other">{twoTexts.title}</a>
        </p>
      ) : null}
    </div>
  );
}
