/** Where the diagnosis starts from: a heading for each question of the interviews, and under it what everybody said. */
import { saidIn } from '../../domain/asks/form-text.js';
import { maxLength } from '../../domain/text.js';
import type { Locale } from '../../domain/words.js';
import type { InterviewsPart } from '../backend.js';
import { questionsOf } from '../interviews.js';

/** The outline; the questions alone where what was said would leave no room to write. What is private stays out of a document. */
export function outlineOf(part: InterviewsPart, locale: Locale): string {
  const questions = questionsOf(part, { locale, coordinators: false });
  const quoted = (text: string) => text.replaceAll(/\s*\n+\s*/g, ' ');
  const whole = questions
    .map((question) => {
      const said = part.interviews.flatMap(({ name, answer }) => {
        const text = saidIn(question, answer, locale);
        return text === undefined ? [] : [`- ${name} : ${quoted(text)}`];
      });
      return [`## ${question.label}`, said.join('\n')].filter((one) => one !== '').join('\n\n');
    })
    .join('\n\n');
  const fits = part.next === undefined && whole.length < 0.75 * maxLength.long;
  return fits ? whole : questions.map(({ label }) => `## ${label}`).join('\n\n');
}
