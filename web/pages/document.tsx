/** A frozen document, full page. */
import type { AskView } from '../../domain/view.js';
import { inWords } from '../../domain/words.js';
import { Layout } from '../layout.js';
import { wordsOf } from '../words/index.js';
import { Written } from '../written.js';

/** The page of one document of an ask. */
export function DocumentPage({ view, document }: { view: AskView; document: AskView['documents'][number] }) {
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
      <article class="card text document">
        <Written text={document.body} />
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
