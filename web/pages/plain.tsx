/** Pages of a few sentences: the link that opens from a mail, errors, accessibility, data. */
import type { Child } from 'hono/jsx';
import type { Locale } from '../../domain/words.js';
import type { Raw } from '../backend.js';
import { Layout } from '../layout.js';
import { Text } from '../text.js';
import { wordsOf } from '../words/index.js';
import { TypedTexts } from './typed.js';

/** What was typed into the form that is refused, to be given back. */
type Refused = { locale: Locale; typed?: Raw | undefined };

/** A title and some text. */
export function PlainPage(props: Refused & { title: string; body: string; carriedBy?: string; children?: Child }) {
  const { locale, title, body, typed, carriedBy, children } = props;
  return (
    <Layout locale={locale} title={title}>
      <h1>{title}</h1>
      <div class="card">
        <Text text={body} />
        {children}
      </div>
      {typed ? <TypedTexts locale={locale} raw={typed} carriedBy={carriedBy} /> : null}
    </Layout>
  );
}

/** What is shown without a valid link, whatever exists: one button that sends a fresh one to the same address. */
export function LinkPage({ locale, request, typed }: Refused & { request: string }) {
  const { link } = wordsOf(locale).page;
  return (
    <PlainPage locale={locale} title={link.title} body={link.lead} typed={typed} carriedBy="fresh">
      <form method="post" id="fresh" action={`/r/${request}/fresh-link`}>
        <button type="submit">{link.button}</button>
      </form>
      <p class="small">{link.hint}</p>
    </PlainPage>
  );
}

/** What is shown when a link was opened just before and its cookie did not come back: why, and what to do. */
export function CookiesPage({ locale, typed }: Refused) {
  const { cookies } = wordsOf(locale).page;
  return <PlainPage locale={locale} title={cookies.title} body={cookies.lead} typed={typed} />;
}

/** What is shown once a fresh link was asked for, whatever exists. */
export function LinkSentPage({ locale, typed }: Refused) {
  const { link } = wordsOf(locale).page;
  return <PlainPage locale={locale} title={link.sentTitle} body={link.sent} typed={typed} />;
}

/** Said once a link's pages are closed on a computer that others use. */
export function LeftPage({ locale }: { locale: Locale }) {
  const { left } = wordsOf(locale).page;
  return <PlainPage locale={locale} title={left.title} body={left.body} />;
}

/** A refusal or a failure, in words. */
export function ErrorPage({ locale, what, typed }: Refused & { what: 'notFound' | 'broken' | 'foreign' | 'tooBig' }) {
  const [title = '', body = ''] = wordsOf(locale).page.errorPages[what];
  return <PlainPage locale={locale} title={title} body={body} typed={typed} />;
}
