/** The backward schedule drawn as it was foreseen and as it goes, and the table that says the same. */

import { raw } from 'hono/html';
import { RULE_ACTS } from '../../domain/acts.js';
import type { CivilDate } from '../../domain/calendar.js';
import { dateInWords, todayOf } from '../../domain/instants.js';
import { planSvg } from '../../domain/plan/svg.js';
import type { PlannedStep, Span } from '../../domain/plan.js';
import { STEP_IDS, type StepId } from '../../domain/steps.js';
import { type Locale, STEP_WORDS, workingDays } from '../../domain/words.js';
import type { EditionPage, Lived } from '../backend.js';
import { Scroll } from '../scroll.js';
import { Table } from '../table.js';
import { wordsOf } from '../words/index.js';

type Real = { start: CivilDate; finish: CivilDate | null };

/** What happened to a step, all projects together: from the first start to the last finish, none while one still runs. */
export function livedOf(lived: readonly Lived[]): Partial<Record<StepId, Real>> {
  const all: Partial<Record<StepId, Real>> = {};
  for (const step of STEP_IDS) {
    const rows = lived.filter((row) => row.step === step);
    const starts = rows.map((row) => row.start).sort();
    const finishes = rows.flatMap((row) => (row.finish === undefined ? [] : [row.finish])).sort();
    const [first] = starts;
    if (first !== undefined) all[step] = { start: first, finish: finishes.length === rows.length ? (finishes.at(-1) ?? null) : null };
  }
  return all;
}

const planActs = [...RULE_ACTS, 'skip', 'back', 'pause'] as const;
const pausedActs = [...RULE_ACTS, 'resume'] as const;

/** The drawing and the table. */
export function Schedule({ page, locale }: { page: EditionPage; locale: Locale }) {
  const { schedule: words, acts } = wordsOf(locale).console;
  const lived = livedOf(page.lived);
  const today = todayOf(page);
  const drawing = planSvg(page.plan, { locale, lived, today, closures: page.closures ?? [], idPrefix: 'schedule' });
  return (
    <section class="card">
      <h2 id="schedule">{words.title}</h2>
      <Scroll labelledBy="schedule">{raw(drawing)}</Scroll>
      {page.mayAct ? (
        <p class="acts">
          {(page.edition.status === 'paused' ? pausedActs : planActs).map((act) => (
            <a href={`/editions/${page.edition.id}/acts/${act}`}>{acts.links[act]}</a>
          ))}
        </p>
      ) : null}
      <details>
        <summary>{words.table}</summary>
        <Table hidden caption={words.table} head={[words.step, words.foreseen, words.now, words.latest, words.slack, words.lived]}>
          <tbody>
            {page.plan.steps.map((step) => (
              <Row
                page={page}
                step={step}
                before={page.foreseen.steps.find(({ id }) => id === step.id)}
                real={lived[step.id]}
                locale={locale}
              />
            ))}
          </tbody>
        </Table>
      </details>
    </section>
  );
}

function Row({
  page,
  step,
  before,
  real,
  locale,
}: {
  page: EditionPage;
  step: PlannedStep;
  before?: PlannedStep;
  real?: Real;
  locale: Locale;
}) {
  const { schedule: words, unknownSlack } = wordsOf(locale).console;
  const day = (date: CivilDate) => dateInWords(date, page, locale);
  const span = ({ start, finish }: Span) => {
    if (start === null || finish === null) return words.unknown;
    return start === finish ? words.on(day(start)) : words.to(day(start), day(finish));
  };
  const over = real?.finish != null;
  return (
    <tr>
      <th scope="row">{STEP_WORDS[step.id][locale]}</th>
      <td>{before ? span(before.earliest) : words.unknown}</td>
      <td>{over ? '–' : span(step.earliest)}</td>
      <td>{over ? '–' : span(step.latest)}</td>
      <td>{over ? '–' : step.slackWorkingDays === null ? unknownSlack : workingDays(step.slackWorkingDays, locale)}</td>
      <td>{real === undefined ? words.notYet : real.finish === null ? words.since(day(real.start)) : span(real)}</td>
    </tr>
  );
}
