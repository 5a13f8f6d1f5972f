/** What is around every page of an edition in the console: where one is, its tabs. */
import type { Child } from 'hono/jsx';
import type { Locale } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import type { EditionPart } from '../backend.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';
import { type Tab, Tabs } from './tabs.js';

/** What each of them is given. */
export interface ShellProps {
  locale: Locale;
  viewer: Viewer;
  tabs: readonly Tab[];
}

/** The page; `above`: the page that it belongs to, when it is no tab itself; `notice`: what was just done. */
export function Shell({
  locale,
  viewer,
  tabs,
  of: { edition, at },
  current,
  title,
  above,
  notice,
  children,
}: ShellProps & {
  of: EditionPart;
  current: Tab;
  title: string;
  above?: { path: string; title: string };
  notice?: Child;
  children: Child;
}) {
  const { editions } = wordsOf(locale).console;
  return (
    <Layout
      locale={locale}
      title={`${title} – ${edition.title}`}
      edition={edition}
      at={at}
      wide
      viewer={viewer}
      menu={<Menu locale={locale} viewer={viewer} edition={edition.id} />}
    >
      <p class="small crumbs">
        <a href="/">{editions}</a> › <a href={`/editions/${edition.id}`}>{edition.title}</a>
        {above === undefined ? null : (
          <>
            {' '}
            › <a href={`/editions/${edition.id}/${above.path}`}>{above.title}</a>
          </>
        )}
      </p>
      <h1>{above === undefined ? edition.title : title}</h1>
      {notice === undefined ? null : (
        <p class="notice" role="status">
          {notice}
        </p>
      )}
      <Tabs edition={edition.id} shown={tabs} current={current} locale={locale} />
      {above === undefined ? <h2 id="list">{title}</h2> : null}
      {children}
    </Layout>
  );
}
