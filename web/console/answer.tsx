/** What somebody answered, as it was recorded: where the journal's "answered" leads. */
import { instantInWords } from '../../domain/instants.js';
import type { AskView } from '../../domain/view.js';
import type { Locale } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import { Layout } from '../layout.js';
import { Answers } from '../pages/answers.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';

/** The page; the answer is in the language of whoever gave it. */
export function AnswerPage({ locale, viewer, view }: { locale: Locale; viewer: Viewer; view: AskView }) {
  const { editions, journal: words } = wordsOf(locale).console;
  const { edition, person, ask, closed } = view;
  const title = words.answerOf(person.name);
  return (
    <Layout locale={locale} title={title} edition={edition} at={view.at} viewer={viewer} menu={<Menu locale={locale} viewer={viewer} />}>
      <p class="small crumbs">
        <a href="/">{editions}</a> › <a href={`/editions/${edition.id}`}>{edition.title}</a> ›{' '}
        <a href={`/editions/${edition.id}/journal`}>{words.title}</a>
      </p>
      <h1>{title}</h1>
      {closed?.answer === undefined ? (
        <p>{words.noAnswer}</p>
      ) : (
        <section class="card" lang={person.locale}>
          <p class="small">{instantInWords(closed.at, view, person.locale, { year: true })}</p>
          <h2>{wordsOf(person.locale).kinds[ask.kind].page.title(view)}</h2>
          <Answers view={view} answer={closed.answer} />
        </section>
      )}
    </Layout>
  );
}
