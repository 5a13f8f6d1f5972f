/** Pages of a few sentences: the link that opens from a mail, errors, accessibility, data. */
import type { Child } from 'hono/jsx';
import type { Locale } from '../../domain/words.js';
import { Layout } from '../layout.js';
import { Text } from '../text.js';
import { wordsOf } from '../words/index.js';

/** A title and some text. */
export function PlainPage({ locale, title, body, children }: { locale: Locale; title: string; body: string; children?: Child }) {
  return (
    <Layout locale={locale} title={title}>
      <h1>{title}</h1>
      <div class="card">
        <Text text={body} />
        {children}
      </div>
    </Layout>
  );
}

/** What is shown without a valid link, whatever exists: one button that sends a fresh one to the same address. */
export function LinkPage({ locale, request }: { locale: Locale; request: string }) {
  const { link } = wordsOf(locale).page;
  return (
    <PlainPage locale={locale} title={link.title} body={link.lead}>
      <form method="post" action={`/r/${request}/fresh-link`}>
        <button type="submit">{link.button}</button>
      </form>
      <p class="small">{link.hint}</p>
    </PlainPage>
  );
}

/** What is shown once a fresh link was asked for, whatever exists. */
export function LinkSentPage({ locale }: { locale: Locale }) {
  const { link } = wordsOf(locale).page;
  return <PlainPage locale={locale} title={link.sentTitle} body={link.sent} />;
}

/** A refusal or a failure, in words. */
export function ErrorPage({ locale, what }: { locale: Locale; what: 'notFound' | 'broken' | 'foreign' | 'tooBig' }) {
  const [title = '', body = ''] = wordsOf(locale).page.errorPages[what];
  return <PlainPage locale={locale} title={title} body={body} />;
}
