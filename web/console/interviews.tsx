/** The interviews of an edition, side by side: each question, and what everybody said to it. */
import { saidIn } from '../../domain/asks/own-fields.js';
import { isField } from '../../domain/forms.js';
import type { AskView } from '../../domain/view.js';
import { ROLE_WORDS } from '../../domain/words.js';
import type { InterviewsPart } from '../backend.js';
import { Pager } from '../pager.js';
import { Text } from '../text.js';
import { wordsOf } from '../words/index.js';
import { Shell, type ShellProps } from './shell.js';

/** The page. */
export function InterviewsPage({ part, from, ...shell }: ShellProps & { part: InterviewsPart; from: number }) {
  const { locale } = shell;
  const { reading, kinds } = wordsOf(locale);
  const { interviews: words, documents } = reading;
  const { edition, interviews, next } = part;
  const questions =
    part.form === undefined
      ? Object.entries(kinds.interview.fields({} as AskView)).map(([id, { label }]) => ({ id, type: 'long' as const, label })) // the same to everybody, whatever their view
      : part.form.filter(isField).map((field) => ({ ...field, label: field.label[locale] }));
  return (
    <Shell {...shell} of={part} current="documents" title={words.title} above={{ path: 'documents', title: documents.title }}>
      <p>{words.lead(interviews.length)}</p>
      {interviews.length === 0
        ? null
        : questions.map((question) => (
            <section>
              <h2>{question.label}</h2>
              <ul class="beside">
                {interviews.map(({ name, role, answer }) => {
                  const said = saidIn(question, answer, locale);
                  return (
                    <li class="card">
                      <h3>
                        {name} <span class="small">{ROLE_WORDS[role][locale]}</span>
                      </h3>
                      {said !== undefined ? <Text text={said} /> : <p class="soft">{words.silent}</p>}
                    </li>
                  );
                })}
              </ul>
            </section>
          ))}
      <Pager locale={locale} path={`/editions/${edition.id}/documents/interviews`} from={from} next={next} />
    </Shell>
  );
}
