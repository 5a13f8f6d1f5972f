/** The decision letters as they will leave, for whoever approves the selection. */
import type { AskView } from '../../domain/view.js';
import type { LettersPart } from '../backend.js';
import { Layout } from '../layout.js';
import { Pager } from '../pager.js';
import { Text } from '../text.js';
import { wordsOf } from '../words/index.js';

/** The page, behind the link of the ask. */
export function LettersPage({ view, part, from }: { view: AskView; part: LettersPart; from: number }) {
  const { locale } = view.person;
  const { page } = wordsOf(locale);
  return (
    <Layout locale={locale} title={page.letters.title} edition={view.edition} at={view.at} request={view.request}>
      <p class="small no-print">
        <a href={`/r/${view.request}`}>{page.document.back}</a>
      </p>
      <h1>{page.letters.title}</h1>
      <p>{page.letters.lead}</p>
      {part.letters.map(({ fate, written }) =>
        written === undefined ? null : (
          <article class="card text">
            <h2>{written.subject}</h2>
            <p class="small">{page.letters.fates[fate]}</p>
            <Text text={written.text} />
          </article>
        ),
      )}
      <Pager locale={locale} path={`/r/${view.request}/letters`} from={from} next={part.next} />
    </Layout>
  );
}
