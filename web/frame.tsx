/** What every document of ours has around it, served as a page or opened from a file: head, skip link, header with the three hands, footer. */
import type { Child } from 'hono/jsx';
import type { Locale } from '../domain/words.js';
import { wordsOf } from './words/index.js';

/** What a document gives to its frame. */
export interface FrameProps {
  locale: Locale;
  title: string;
  /** Policy, style and script. */
  head: Child;
  /** The territory it is about, where it is about one. */
  territory?: string | undefined;
  menu?: Child;
  /** Between header and content. */
  band?: Child;
  /** As narrow as one reads; otherwise as wide as tables need. */
  narrow?: boolean | undefined;
  footer: Child;
  /** After everything. */
  end?: Child;
  children?: Child;
}

/** A whole document. */
export function Frame({ locale, title, head, territory, menu, band, narrow, footer, end, children }: FrameProps) {
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Trois Mains`}</title>
        <link rel="icon" href="data:," />
        {head}
      </head>
      <body>
        <a class="skip" href="#main">
          {wordsOf(locale).page.skip}
        </a>
        <header class="top">
          <span class="mark" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <strong>Trois Mains</strong>
          {territory === undefined ? null : <span class="small">{territory}</span>}
          {menu}
        </header>
        {band}
        <main id="main" tabindex={-1} class={narrow ? 'narrow' : ''}>
          {children}
        </main>
        <footer class={narrow ? 'foot small narrow' : 'foot small'}>{footer}</footer>
        {end}
      </body>
    </html>
  );
}

/** The bytes of a document. */
export const render = (document: Child): string => `<!doctype html>${document}`;
