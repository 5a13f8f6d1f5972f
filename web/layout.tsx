/** What is around every page that is served: its frame, the demonstration band, the footer's links. */

import type { Child } from 'hono/jsx';
import { todayOf } from '../domain/instants.js';
import { type Deed, may } from '../domain/rights.js';
import type { EditionView } from '../domain/view.js';
import { inWords, type Locale } from '../domain/words.js';
import type { Viewer } from './access.js';
import { freshening, script, style } from './assets.js';
import { Frame } from './frame.js';
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
  /** Who looks, on a page of the console: whoever may move the clock of a demonstration is offered to. */
  viewer?: Viewer;
  /** Console pages are wide, and have a menu. */
  wide?: boolean;
  menu?: Child;
  /** Where a stakeholder's page is left on a shared computer: the id of their place. */
  request?: string;
  withScript?: boolean;
  children?: Child;
}

/** A whole page. */
export function Layout({ locale, title, edition, at, viewer, wide, menu, request, withScript, children }: LayoutProps) {
  const {
    page,
    console: { live },
  } = wordsOf(locale);
  const isLive = viewer !== undefined && edition !== undefined && mayDo(viewer, edition, 'edition.see');
  const head = (
    <>
      <link rel="stylesheet" href={style.path} />
      {withScript ? <script src={script.path} defer /> : null}
      {isLive ? <script src={freshening.path} defer /> : null}
    </>
  );
  const band =
    edition?.shifted && at !== undefined ? (
      <div class="band">
        <span>{page.shifted(inWords(todayOf({ at, edition }), locale, { year: true }))}</span>
        {viewer !== undefined && mayDo(viewer, edition, 'edition.act') ? <Move locale={locale} edition={edition.id} /> : null}
      </div>
    ) : null;
  return (
    <Frame
      locale={locale}
      title={title}
      head={head}
      territory={edition?.territory}
      menu={request === undefined ? menu : <Leave request={request} locale={locale} />}
      band={band}
      narrow={!wide}
      footer={<Footer locale={locale} edition={edition} />}
      end={
        isLive ? (
          <p
            class="live small"
            role="status"
            hidden
            data-live={`/editions/${edition.id}/live`}
            data-changed={live.changed}
            data-update={live.update}
            data-updated={live.updated}
          />
        ) : null
      }
    >
      {children}
    </Frame>
  );
}

const mayDo = ({ held }: Viewer, { id, territoryId }: EditionView, deed: Deed): boolean =>
  may(held, deed, { edition: id, territory: territoryId });

/** The clock moves on to the next mail at once, with whoever played before; all else is asked on its page. */
function Move({ locale, edition }: { locale: Locale; edition: string }) {
  const { clock: words } = wordsOf(locale);
  return (
    <form method="post" action={`/editions/${edition}/clock`} class="no-print">
      <button type="submit" name="goal" value="next" class="quiet">
        {words.next}
      </button>{' '}
      <a href={`/editions/${edition}/clock`}>{words.further}</a>
    </form>
  );
}

/** The way out, for a computer that others use too. */
function Leave({ request, locale }: { request: string; locale: Locale }) {
  return (
    <form class="push" method="post" action={`/r/${request}/leave`}>
      <button type="submit" class="link">
        {wordsOf(locale).page.leave}
      </button>
    </form>
  );
}

function Footer({ locale, edition }: Pick<LayoutProps, 'locale' | 'edition'>) {
  const { footer } = wordsOf(locale).page;
  const mailto = edition ? mailHref(edition.contact.email) : undefined;
  const lang = `?lang=${locale}`;
  return (
    <>
      {edition ? (
        <>
          {footer.question} {edition.contact.name}, {mailto ? <a href={mailto}>{edition.contact.email}</a> : edition.contact.email} ·{' '}
        </>
      ) : null}
      <a href={`/accessibility${lang}`}>{footer.accessibility}</a> · <a href={`/data${lang}`}>{footer.data}</a>
    </>
  );
}
