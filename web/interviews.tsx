/** The interviews side by side: each question, and what everybody said to it. */
import { saidIn } from '../domain/asks/own-fields.js';
import { type Locale, ROLE_WORDS } from '../domain/words.js';
import type { InterviewsPart } from './backend.js';
import { questionsOf } from './pages/outline.js';
import { Text } from './text.js';
import { wordsOf } from './words/index.js';

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
