/** What somebody said by telephone or on paper, written down for them by a coordinator. */
import type { FieldProblem } from '../../domain/asks/forms.js';
import type { AskView } from '../../domain/view.js';
import type { Locale } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import type { Raw } from '../backend.js';
import { Layout } from '../layout.js';
import { formOf } from '../pages/answers.js';
import { Facts } from '../pages/facts.js';
import { ErrorSummary, Fields, type FormProps } from '../pages/form.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';
import { Field } from './field.js';

/** What the page shows: the place, and what was typed, with all that is wrong with it. */
export interface AnswerForProps {
  locale: Locale;
  viewer: Viewer;
  view: AskView;
  posted?: Raw;
  reason?: string;
  problems?: FieldProblem[];
  /** The reason is lacking. */
  withoutReason?: boolean;
}

/** The page; its form is the person's own, in their language, since it is what they said. */
export function AnswerForPage({ locale, viewer, view, posted = {}, reason = '', problems = [], withoutReason = false }: AnswerForProps) {
  const { answerFor: words, editions } = wordsOf(locale).console;
  const { edition, person, ask } = view;
  const { page } = wordsOf(person.locale).kinds[ask.kind];
  const form: FormProps = { ...formOf(view), values: posted, problems, locale: person.locale };
  return (
    <Layout
      locale={locale}
      title={words.title(person.name)}
      edition={edition}
      at={view.at}
      viewer={viewer}
      menu={<Menu locale={locale} viewer={viewer} />}
    >
      <p class="small crumbs">
        <a href="/">{editions}</a> › <a href={`/editions/${edition.id}`}>{edition.title}</a>
      </p>
      <ErrorSummary {...form} />
      <h1>{words.title(person.name)}</h1>
      <p class="lead">{words.lead}</p>
      <h2 lang={person.locale}>{page.title(view)}</h2>
      <Facts view={view} />
      <form class="card" method="post" action={`/editions/${edition.id}/answer-for`} novalidate>
        <input type="hidden" name="ask" value={ask.id} />
        <input type="hidden" name="person" value={person.id} />
        <div lang={person.locale}>
          <Fields {...form} />
        </div>
        <Field name="for-reason" label={words.reason} locale={locale} value={reason} problem={withoutReason ? words.noReason : undefined} />
        <p class="small">{words.will}</p>
        <div class="buttons">
          <button type="submit">{words.button}</button>
          <a class="button quiet" href={`/editions/${edition.id}`}>
            {words.back}
          </a>
        </div>
      </form>
    </Layout>
  );
}
