/** The interviews of an edition, side by side. */
import type { InterviewsPart } from '../backend.js';
import { Interviews } from '../interviews.js';
import { Pager } from '../pager.js';
import { wordsOf } from '../words/index.js';
import { Shell, type ShellProps } from './shell.js';

/** The page. */
export function InterviewsPage({ part, from, ...shell }: ShellProps & { part: InterviewsPart; from: number }) {
  const { locale } = shell;
  const { interviews: words, documents, csv } = wordsOf(locale).reading;
  const { edition, interviews, next } = part;
  return (
    <Shell {...shell} of={part} current="documents" title={words.title} above={{ path: 'documents', title: documents.title }}>
      <p>{words.lead(interviews.length)}</p>
      <p class="no-print">
        <a href={`/editions/${edition.id}/documents/interviews.csv`}>{csv}</a>
      </p>
      <Interviews part={part} locale={locale} coordinators />
      <Pager locale={locale} path={`/editions/${edition.id}/documents/interviews`} from={from} next={next} />
    </Shell>
  );
}
