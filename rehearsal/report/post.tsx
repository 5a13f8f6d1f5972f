/** Every mail as it was rendered. */
import { raw } from 'hono/html';
import { capital } from '../../domain/phrases.js';
import { inWords, MONTH_WORDS } from '../../domain/words.js';
import { blankLinks } from '../../store/mailview.js';
import { grouped } from '../grouped.js';
import { mailHtml } from '../mailtext.js';
import { kindWords } from './calendars.js';
import type { ReportContext, ShownMail } from './context.js';
import { languageOf, Part } from './parts.js';

/** The section: month by month, each mail behind its subject. */
export function Post({ context }: { context: ReportContext }) {
  const { words, mails, locale } = context;
  const { mails: texts } = words;
  return (
    <Part id="mails" title={texts.title} lead={texts.lead}>
      <div id="filter" class="no-print" hidden>
        <label class="block" for="filter-words">
          {texts.filter}
        </label>
        <input id="filter-words" type="search" autocomplete="off" />
        <output id="filter-count" for="filter-words" data-words={texts.filtered('%')} />
      </div>
      {mails.length === 0 ? <p>{texts.none}</p> : null}
      {[...grouped(mails, ({ on }) => on.slice(0, 7))].map(([month, own]) => (
        <section class="month" aria-labelledby={`month-${month}`}>
          <h3 id={`month-${month}`}>
            {capital(MONTH_WORDS[locale][Number(month.slice(5)) - 1] ?? '')} {month.slice(0, 4)}{' '}
            <span class="small">{words.count.mails(own.length)}</span>
          </h3>
          {own.map((mail) => (
            <Mail context={context} mail={mail} />
          ))}
        </section>
      ))}
    </Part>
  );
}

function Mail({ context, mail }: { context: ReportContext; mail: ShownMail }) {
  const { words, name, locale, hour } = context;
  const html = mail.bytes === '' ? '' : shown(mailHtml(mail.bytes));
  return (
    <details class="mail" id={mail.id}>
      <summary>
        <span class="small when">
          {inWords(mail.on, locale, { year: false })}, {hour(mail.at)}
        </span>{' '}
        <span class="subject" lang={languageOf(context)}>
          {mail.subject}
        </span>{' '}
        <span class="small to">
          {words.mails.to(name(mail.person))} · {kindWords(mail, context)}
        </span>
      </summary>
      {html === '' ? (
        <p>{words.mails.gone}</p>
      ) : (
        <noscript>
          {/* biome-ignore lint/a11y/useSemanticElements: a mail is no set of fields */}
          <div
            class="paper"
            role="group"
            lang={context.rehearsal.edition.territory.locale}
            aria-label={words.mails.frame(mail.subject, name(mail.person))}
          >
            {raw(`<template shadowrootmode="open">${html}</template>`)}
          </div>
        </noscript>
      )}
    </details>
  );
}

/*
 * A frame whose document is in the page is loaded at once, whatever `loading` says, and half a thousand of them take a browser most of a
 * minute. Where scripts run, a mail is only text until it is opened, then framed (script.ts). Where none does, each stands in a tree of its
 * own, where no style of the page reaches it. Neither lets it run, send or lead anywhere.
 */

/** The body of a mail with personal links blanked, and none to follow. */
function shown(html: string): string {
  const body = /<body\b([^>]*)>([\s\S]*)<\/body>/i.exec(html);
  const inside = body === null ? html : `<div${body[1]}>${body[2]}</div>`;
  return blankLinks(inside)
    .replaceAll(/(<a\b[^>]*?)\shref\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi, '$1')
    .replaceAll(/<(\/?)(script|noscript|template|base|meta|link|iframe|object|embed|form)\b/gi, '&lt;$1$2');
}
