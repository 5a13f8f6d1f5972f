/** The plan as foreseen and as lived: the drawing, what ended too late, and the table of dates. */
import { raw } from 'hono/html';
import { planSvg } from '../../domain/plan/svg.js';
import { STEP_WORDS } from '../../domain/words.js';
import type { StepFigures } from '../figures.js';
import { Dates } from './dates.js';
import { Part, Scroll } from './parts.js';
import { type LivedSpan, livedTogether, type StepRow } from './spans.js';
import type { Telling } from './telling.js';

/** What the section is told from. */
export interface ScheduleProps {
  telling: Telling;
  lived: readonly LivedSpan[];
  rows: readonly StepRow[];
  held: readonly StepFigures[];
}

/** The section. */
export function Schedule({ telling, lived, rows, held }: ScheduleProps) {
  const { words, rehearsal, locale, say, date, workingDays, project } = telling;
  const { plan: texts } = words;
  const drawing = planSvg(rehearsal.plan, {
    locale,
    lived: livedTogether(lived),
    closures: rehearsal.edition.territory.closures,
    idPrefix: 'report-plan',
  });
  const late = rows.flatMap(({ lived: spans }) => spans.filter(({ leftWorkingDays }) => (leftWorkingDays ?? 0) < 0));
  return (
    <Part id="plan" title={texts.title} lead={texts.lead}>
      <Scroll label={texts.title}>{raw(drawing)}</Scroll>
      <p class={late.length > 0 ? 'flag' : 'small'}>{texts.lateSteps(late.length)}</p>
      {late.length === 0 ? null : (
        <ul class="columns">
          {late.map(({ step, project: id, finished, leftWorkingDays }) => (
            <li>
              {texts.finished(
                [say(STEP_WORDS[step]), id === null ? '' : project(id)].filter(Boolean).join(', '),
                date(finished ?? ''),
                workingDays(-(leftWorkingDays ?? 0)),
              )}
            </li>
          ))}
        </ul>
      )}
      <details class="printed">
        <summary>{texts.table}</summary>
        <Dates telling={telling} rows={rows} held={held} />
        <p class="small">{texts.heldNote}</p>
      </details>
    </Part>
  );
}
