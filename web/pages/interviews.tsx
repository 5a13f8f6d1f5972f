/** The interviews, for whoever writes from them or approves what was written. */
import type { AskView } from '../../domain/view.js';
import type { InterviewsPart } from '../backend.js';
import { Interviews } from '../interviews.js';
import { Layout } from '../layout.js';
import { Pager } from '../pager.js';
import { wordsOf } from '../words/index.js';

/** The page, behind the link of the ask. */
export function InterviewsReadPage({ view, part, from }: { view: AskView; part: InterviewsPart; from: number }) {
  const { locale, role } = view.person;
  const { page, reading } = wordsOf(locale);
  const { title, lead } = reading.interviews;
  return (
    <Layout locale={locale} title={title} edition={view.edition} at={view.at} request={view.request} wide>
      <p class="small no-print">
        <a href={`/r/${view.request}`}>{page.document.back}</a>
      </p>
      <h1>{title}</h1>
      <p>{lead(part.interviews.length)}</p>
      <Interviews part={part} locale={locale} coordinators={role === 'coordinator'} />
      <Pager locale={locale} path={`/r/${view.request}/interviews`} from={from} next={part.next} />
    </Layout>
  );
}
