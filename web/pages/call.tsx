/** The public page of a call for applications, and the form that starts one. */

import { deadlineInWords } from '../../domain/instants.js';
import { inWords, type Locale } from '../../domain/words.js';
import type { CallView, StartView } from '../backend.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { Written } from '../written.js';
import { Input, type PersonProblem, SmallErrors } from './absent.js';
import { Fact } from './facts.js';
import { PlainPage } from './plain.js';
import { TypedTexts } from './typed.js';

/** What a visitor typed to start an application. */
export type Start = { name: string; email: string; title: string };

/** The page; `relay`: whose tracked link brought the visitor. */
export function CallPage(props: { call: CallView; relay?: string; typed?: Start; problems?: PersonProblem[] }) {
  const { call, relay, typed = { name: '', email: '', title: '' }, problems = [] } = props;
  const { edition } = call;
  const { call: words, page } = wordsOf(edition.locale);
  const closes = deadlineInWords(call.closesAt, { at: call.closesAt, edition }, edition.locale, { year: true });
  const opens = inWords(call.opens, edition.locale, { year: true });
  return (
    <Layout locale={edition.locale} title={call.title} edition={edition}>
      <SmallErrors problems={problems} heading={page.errors.title(problems.length)} kept={page.errors.kept} />
      <p class="small">
        {words.kicker} · {edition.title}
      </p>
      <h1>{call.title}</h1>
      <div class="card">
        <dl class="facts">
          <Fact name={words.dates}>
            <strong>{when()}</strong>
          </Fact>
          <Fact name={words.needs}>
            <ul class="plain">
              {call.needs.map(({ label }) => (
                <li>{label}</li>
              ))}
            </ul>
          </Fact>
        </dl>
      </div>
      <article class="card text document">
        <Written text={call.body} />
      </article>
      {call.state === 'open' ? (
        <form class="card" method="post" action={`/call/${edition.id}`} novalidate>
          <h2>{words.start}</h2>
          <p>{words.startLead}</p>
          <Input name="name" label={words.name} locale={edition.locale} value={typed.name} problems={problems} autocomplete="name" />
          <Input name="email" label={words.email} locale={edition.locale} value={typed.email} problems={problems} autocomplete="email" />
          <Input name="title" label={words.title} locale={edition.locale} hint={words.titleHint} value={typed.title} problems={problems} />
          {relay ? <input type="hidden" name="relay" value={relay} /> : null}
          <button type="submit">{words.button}</button>
        </form>
      ) : (
        <TypedTexts locale={edition.locale} raw={typed} />
      )}
    </Layout>
  );

  function when(): string {
    switch (call.state) {
      case 'not-yet':
        return words.notYet(opens);
      case 'open':
        return words.openUntil(opens, closes);
      case 'closed':
        return words.closed(closes);
    }
  }
}

/** Said once a link has left, or would have: the same whoever has the address. */
export function CallSentPage({ call, email }: { call: CallView; email: string }) {
  const { call: words } = wordsOf(call.edition.locale);
  return <PlainPage locale={call.edition.locale} title={words.sentTitle} body={words.sent(email, call.edition.contact)} />;
}

/** Behind the mailed link: what was typed, and two buttons: to begin, or to say that it was somebody else. */
export function StartPage({ call, start, action }: { call: CallView; start: StartView; action: string }) {
  const { locale } = call.edition;
  const { call: words } = wordsOf(locale);
  const begun = start.request !== null;
  return (
    <Layout locale={locale} title={call.title} edition={call.edition}>
      <p class="small">
        {words.kicker} · {call.edition.title}
      </p>
      <h1>{begun ? words.begunTitle : words.beginTitle}</h1>
      <div class="card">
        <dl class="facts">
          <Fact name={words.name}>{start.name}</Fact>
          <Fact name={words.email}>{start.email}</Fact>
          <Fact name={words.title}>{start.title}</Fact>
        </dl>
        {call.state === 'open' ? (
          <form method="post" action={action}>
            <button type="submit">{begun ? words.goOn : words.begin}</button>
          </form>
        ) : (
          <p>{words.closed(deadlineInWords(call.closesAt, { at: call.closesAt, edition: call.edition }, locale, { year: true }))}</p>
        )}
      </div>
      <form class="card" method="post" action={`${action}/not-me`}>
        <h2>{words.notMeTitle}</h2>
        <p>{words.notMeLead}</p>
        <button type="submit" class="quiet">
          {words.notMe}
        </button>
      </form>
    </Layout>
  );
}

/** Said once what was typed is erased. */
export function StartForgottenPage({ call }: { call: CallView }) {
  const { call: words } = wordsOf(call.edition.locale);
  return <PlainPage locale={call.edition.locale} title={words.forgottenTitle} body={words.forgotten} />;
}

/** Said of a link that opens nothing: too old, erased, or copied badly. */
export function StartGonePage({ locale }: { locale: Locale }) {
  const { call: words } = wordsOf(locale);
  return <PlainPage locale={locale} title={words.goneTitle} body={words.gone} />;
}
