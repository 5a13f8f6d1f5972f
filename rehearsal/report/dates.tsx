/** The table of dates: a row per step, and one per project where projects walk alone. */
import type { Child } from 'hono/jsx';
import { DECISION_WORDS, wordIn } from '../../domain/outcomewords.js';
import type { Span } from '../../domain/plan.js';
import { stepOf } from '../../domain/steps.js';
import { ASK_OUTCOME_WORDS } from '../../domain/words.js';
import { Table } from '../../web/table.js';
import type { StepFigures } from '../figures.js';
import type { ReportContext } from './context.js';
import { handWord, Step } from './parts.js';
import type { LivedSpan, StepRow } from './spans.js';

const { partial, none } = ASK_OUTCOME_WORDS;
const { 'changes-requested': changes, refused, undecided } = DECISION_WORDS;
/** How a step ended, where it is worth saying. */
const endings = { partial, none, 'changes-requested': changes, refused, undecided };

/** What the table is made of. */
export interface DatesProps {
  context: ReportContext;
  rows: readonly StepRow[];
  held: readonly StepFigures[];
}

/** The table, in its region. */
export function Dates({ context, rows, held }: DatesProps) {
  const { words, web, locale, date, span, workingDays, project } = context;
  const { plan: texts } = words;
  const { schedule } = web.console;
  const head = [schedule.step, texts.carried, schedule.foreseen, texts.latest, schedule.lived, texts.left, texts.held];
  return (
    <Table roomy caption={texts.caption} head={head}>
      {rows.map((row) => (
        <tbody>{linesOf(row)}</tbody>
      ))}
    </Table>
  );

  function linesOf({ planned: { id, earliest, latest }, lived }: StepRow): Child {
    const high = Math.max(1, lived.length);
    const figures = held.find((one) => one.id === id);
    const [first, ...rest] = lived;
    return (
      <>
        <tr>
          <th scope={high > 1 ? 'rowgroup' : 'row'} rowspan={high}>
            <Step step={id} context={context} />
          </th>
          <td rowspan={high}>{handWord(stepOf(id).hand, context)}</td>
          <td rowspan={high}>{spanWords(earliest)}</td>
          <td rowspan={high}>{latest.finish === null ? schedule.unknown : date(latest.finish)}</td>
          <td>{first === undefined ? texts.never : livedWords(first)}</td>
          <td>{first === undefined ? '–' : leftWords(first)}</td>
          <td rowspan={high}>
            {figures === undefined || figures.slackLost === null
              ? '–'
              : figures.slackLost === 0
                ? texts.heldNone
                : `${workingDays(figures.slackLost)}${figures.sentBack > 0 ? texts.sentBack(workingDays(figures.sentBack)) : ''}`}
          </td>
        </tr>
        {rest.map((span) => (
          <tr>
            <td>{livedWords(span)}</td>
            <td>{leftWords(span)}</td>
          </tr>
        ))}
      </>
    );
  }

  function spanWords({ start, finish }: Span): string {
    if (start === null || finish === null) return schedule.unknown;
    return span(start, finish);
  }

  function livedWords({ project: id, started, finished, outcome }: LivedSpan): Child {
    const how = wordIn(endings, outcome, locale);
    const when =
      outcome === 'skipped'
        ? texts.skipped
        : finished === null
          ? texts.running(schedule.since(date(started)))
          : `${spanWords({ start: started, finish: finished })}${how === undefined ? '' : ` (${how})`}`;
    return id === null ? (
      when
    ) : (
      <>
        {project(id)}
        {words.page.colon}
        {when}
      </>
    );
  }

  function leftWords({ leftWorkingDays: left }: StepRow['lived'][number]): Child {
    if (left === null) return '–';
    if (left < 0) return <span class="tag late">{web.console.lateBy(workingDays(-left))}</span>;
    return left === 0 ? words.page.none : workingDays(left);
  }
}
