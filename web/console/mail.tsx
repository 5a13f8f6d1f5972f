/** One mail, as it was written: framed without scripts, and as text. Its links are blanked before they come here. */

import { instantInWords } from '../../domain/instants.js';
import { type Locale, MAIL_STATE_WORDS } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import type { MailPage } from '../backend.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';
import { actHref } from './mails.js';
import { wordOf } from './tables.js';

/** The page of a mail. */
export function MailPageView({
  locale,
  viewer,
  mail,
  mayAct = false,
}: {
  locale: Locale;
  viewer: Viewer;
  mail: MailPage;
  mayAct?: boolean;
}) {
  const { edition, now: at } = mail;
  const { mails: words, editions, acts } = wordsOf(locale).console;
  const title = mail.subject === '' ? words.notYet : mail.subject;
  return (
    <Layout locale={locale} title={title} edition={edition} at={at} wide viewer={viewer} menu={<Menu locale={locale} viewer={viewer} />}>
      <p class="small crumbs">
        <a href="/">{editions}</a> › <a href={`/editions/${edition.id}`}>{edition.title}</a> ›{' '}
        <a href={`/editions/${edition.id}/mails`}>{words.title}</a>
      </p>
      <h1>{title}</h1>
      <p class="small">
        {words.to} {mail.to} · {instantInWords(mail.at, { at, edition }, locale, { year: true })} ·{' '}
        {mail.state === 'coming' ? words.coming : wordOf(MAIL_STATE_WORDS[locale], mail.state)}. {words.blanked}{' '}
        {mail.asToday ? words.asToday : ''}
      </p>
      {mayAct && mail.acts.length > 0 ? (
        <p class="acts">
          {mail.acts.map((act) => (
            <a
              href={actHref(edition.id, act, {
                id: mail.id,
                asks: mail.ask === undefined ? [] : [{ ask: mail.ask }],
                ...(mail.person === undefined ? {} : { personId: mail.person }),
              })}
            >
              {act === 'nudge' ? words.now : acts.links[act]}
            </a>
          ))}
        </p>
      ) : null}
      {mail.text === '' ? <p>{words.nothingToSay}</p> : null}
      {mail.text === '' ? null : (
        <>
          <section class="card">
            <h2>{words.asWritten}</h2>
            <iframe class="mail" title={words.asWritten} sandbox="" srcdoc={mail.html} />
          </section>
          <section class="card">
            <h2>{words.plain}</h2>
            <pre class="mail">{mail.text}</pre>
          </section>
        </>
      )}
    </Layout>
  );
}
