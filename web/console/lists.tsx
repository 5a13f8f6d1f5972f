/** The lists of an edition that have pages of their own: its mails, its journal. */
import type { Child } from 'hono/jsx';
import type { Locale } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import type { EditionPart, Journal, MailRow } from '../backend.js';
import { Layout } from '../layout.js';
import { Pager } from '../pager.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';
import { JournalTable, MailTable } from './tables.js';
import { type Tab, Tabs } from './tabs.js';

interface Props {
  locale: Locale;
  viewer: Viewer;
  tabs: readonly Tab[];
  /** How many rows come before this page. */
  from: number;
}

/** A page of an edition's mails, the newest first. */
export function MailsPage({ part, ...props }: Props & { part: EditionPart & { mails: MailRow[] } }) {
  const { title } = wordsOf(props.locale).console.mails;
  return (
    <ListPage {...props} part={part} title={title} path="mails">
      <MailTable mails={part.mails} of={part} locale={props.locale} labelledBy="list" />
    </ListPage>
  );
}

/** A page of an edition's journal, the newest first. */
export function JournalPage({ part, ...props }: Props & { part: EditionPart & { journal: Journal } }) {
  const { title } = wordsOf(props.locale).console.journal;
  return (
    <ListPage {...props} part={part} title={title} path="journal">
      <JournalTable journal={part.journal} of={part} locale={props.locale} labelledBy="list" />
    </ListPage>
  );
}

function ListPage({
  locale,
  viewer,
  tabs,
  from,
  part,
  title,
  path,
  children,
}: Props & { part: EditionPart; title: string; path: 'mails' | 'journal'; children: Child }) {
  const { editions } = wordsOf(locale).console;
  const { edition, at, next } = part;
  return (
    <Layout
      locale={locale}
      title={`${title} – ${edition.title}`}
      edition={edition}
      at={at}
      wide
      viewer={viewer}
      menu={<Menu locale={locale} viewer={viewer} />}
    >
      <p class="small crumbs">
        <a href="/">{editions}</a> › <a href={`/editions/${edition.id}`}>{edition.title}</a>
      </p>
      <h1>{edition.title}</h1>
      <Tabs edition={edition.id} shown={tabs} current={path} locale={locale} />
      <h2 id="list">{title}</h2>
      <section class="card">{children}</section>
      <Pager locale={locale} path={`/editions/${edition.id}/${path}`} from={from} next={next} />
    </Layout>
  );
}
