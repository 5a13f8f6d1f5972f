/** What is around every page: head, header with the three hands, demonstration band, footer. */

import type { Child } from 'hono/jsx';
import { todayOf } from '../domain/instants.js';
import type { EditionView } from '../domain/view.js';
import { inWords, type Locale } from '../domain/words.js';
import { script, style } from './assets.js';
import { mailHref } from './text.js';
import { wordsOf } from './words/index.js';

/** What a page gives to its surroundings. */
export interface LayoutProps {
  locale: Locale;
  title: string;
  /** The edition the page belongs to, where it belongs to one. */
  edition?: EditionView;
  /** Business instant of the page; with a shifted clock, its day is said. */
  at?: number;
  /** Console pages are wide, and have a menu. */
  wide?: boolean;
  menu?: Child;
  withScript?: boolean;
  children?: Child;
}

/** A whole page. */
export function Layout({ locale, title, edition, at, wide, menu, withScript, children }: LayoutProps) {
  const { page } = wordsOf(locale);
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Trois Mains`}</title>
        <link rel="stylesheet" href={style.path} />
        <link rel="icon" href="data:," />
        {withScript ? <script src={script.path} defer /> : null}
      </head>
      <body>
        <a class="skip" href="#main">
          {page.skip}
        </a>
        <header class="top">
          <span class="mark" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <strong>Trois Mains</strong>
          {edition ? <span class="small">{edition.territory}</span> : null}
          {menu}
        </header>
        {edition?.shifted && at !== undefined ? (
          <div class="band">{page.shifted(inWords(todayOf({ at, edition }), locale, { year: true }))}</div>
        ) : null}
        <main id="main" class={wide ? '' : 'narrow'}>
          {children}
        </main>
        <Footer locale={locale} edition={edition} wide={wide} />
      </body>
    </html>
  );
}

function Footer({ locale, edition, wide }: Pick<LayoutProps, 'locale' | 'edition' | 'wide'>) {
  const { footer } = wordsOf(locale).page;
  const mailto = edition ? mailHref(edition.contact.email) : undefined;
  const lang = `?lang=${locale}`;
  return (
    <footer class={wide ? 'foot small' : 'foot small narrow'}>
      {edition ? (
        <>
          {footer.question} {edition.contact.name}, {mailto ? <a href={mailto}>{edition.contact.email}</a> : edition.contact.email} ·{' '}
        </>
      ) : null}
      <a href={`/accessibility${lang}`}>{footer.accessibility}</a> · <a href={`/data${lang}`}>{footer.data}</a>
    </footer>
  );
}

/** The bytes of a page. */
export const render = (page: Child): string => `<!doctype html>${page}`;
