/** A frozen document, full page. */
import type { AskView } from '../../domain/view.js';
import { inWords } from '../../domain/words.js';
import { Compared } from '../compared.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { Written } from '../written.js';

/** The page of one document of an ask. */
export function DocumentPage({
  view,
  n,
  document,
  before,
  changes,
}: {
  view: AskView;
  /** Which of the documents of the ask it is. */
  n: string;
  document: AskView['documents'][number];
  /** The version before, if there is one. */
  before?: { version: number; title: string; body: string } | undefined;
  /** Whether to show what has changed since, word by word. */
  changes: boolean;
}) {
  const { locale } = view.person;
  const { page } = wordsOf(locale);
  return (
    <Layout locale={locale} title={document.title} edition={view.edition} at={view.at} request={view.request}>
      <p class="small no-print">
        <a href={`/r/${view.request}`}>{page.document.back}</a>
      </p>
      <h1>{document.title}</h1>
      <p class="small">
        {page.facts.version(document.version)} · {page.document.by(document.author, inWords(document.frozenOn, locale, { year: true }))}
      </p>
      {before === undefined ? null : (
        <p class="no-print">
          {changes ? (
            <a href={`/r/${view.request}/document/${n}`}>{page.document.whole}</a>
          ) : (
            <a href={`/r/${view.request}/document/${n}?changes`}>{page.document.changes(before.version)}</a>
          )}
        </p>
      )}
      <article class="card text document">
        {before !== undefined && changes ? (
          <Compared before={before.body} after={document.body} locale={locale} />
        ) : (
          <Written text={document.body} />
        )}
      </article>
      <details class="small">
        <summary>{page.document.details}</summary>
        <p>
          {page.document.hash} <code class="hash">{document.hash}</code>
          <br />
          {page.document.hashHint}
        </p>
      </details>
    </Layout>
  );
}
