/** The slack of an edition: one number, and what is lost when it runs out. */
import { dateInWords } from '../../domain/instants.js';
import { inWords, type Locale, workingDays } from '../../domain/words.js';
import type { EditionPage } from '../backend.js';
import { wordsOf } from '../words/index.js';

/** The card. */
export function Slack({ page, locale }: { page: EditionPage; locale: Locale }) {
  const { plan, bodies = {}, lived } = page;
  const { slack: words, unknownSlack } = wordsOf(locale).console;
  const days = plan.slackWorkingDays;
  const over = (id: string) => lived.some(({ step, finish }) => step === id && finish !== undefined);
  const step = plan.steps.findLast(({ id, session }) => session?.latest && !over(id));
  const sitting = step?.session;
  const margin = step?.critical ? null : (step?.slackWorkingDays ?? null);
  const latest = sitting?.latest;
  const body = (sitting && bodies[sitting.body]) ?? words.body;
  const said = days === null ? undefined : days > 0 ? words.positive : days === 0 ? words.zero : words.negative;
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <p class="big num">{days === null ? unknownSlack : workingDays(days, locale)}</p>
      {said ? <p>{said}</p> : null}
      {latest ? (
        <p>
          {margin === null
            ? words.sitting(body, dateInWords(latest.date, page, locale))
            : words.kept(body, dateInWords(latest.date, page, locale), workingDays(margin, locale))}
        </p>
      ) : null}
      <p class="small">
        {latest ? `${words.file(dateInWords(latest.fileBy, page, locale))} ` : ''}
        {words.target(inWords(plan.target, locale, { year: true }))}
      </p>
      {plan.problems.map(({ message }) => (
        <p>
          <span class="tag late">!</span> {message[locale]}
        </p>
      ))}
    </section>
  );
}
