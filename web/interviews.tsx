/** The interviews side by side: each question, and what everybody said to it. */
import { saidIn } from '../domain/asks/form-text.js';
import { isField } from '../domain/forms.js';
import type { AskView } from '../domain/view.js';
import { type Locale, ROLE_WORDS } from '../domain/words.js';
import type { InterviewsPart } from './backend.js';
import { Text } from './text.js';
import { wordsOf } from './words/index.js';

/** What interviews ask, in a reader's language; `coordinators`: what only they read too. */
export function questionsOf({ form }: Pick<InterviewsPart, 'form'>, { locale, coordinators }: { locale: Locale; coordinators: boolean }) {
  if (form !== undefined)
    return form
      .filter(isField)
      .flatMap((field) => (coordinators || field.private !== true ? [{ ...field, label: field.label[locale] }] : []));
  const labels = wordsOf(locale).kinds.interview.fields({} as AskView); // the same to everybody, whatever their view
  return Object.entries(labels).map(([id, { label }]) => ({ id, type: 'long' as const, label }));
}

/** Question by question; `coordinators`: what only they read too. */
export function Interviews({ part, locale, coordinators }: { part: InterviewsPart; locale: Locale; coordinators: boolean }) {
  const { reading } = wordsOf(locale);
  const questions = questionsOf(part, { locale, coordinators });
  const { interviews } = part;
  if (interviews.length === 0) return null;
  return (
    <>
      {questions.map((question) => (
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
                  {said === undefined ? <p class="soft">{reading.interviews.silent}</p> : <Text text={said} />}
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </>
  );
}
