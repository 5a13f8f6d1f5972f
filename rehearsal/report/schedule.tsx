/** The plan as foreseen and as lived: the drawing, what ended too late, and the table of dates. */
import { raw } from 'hono/html';
import { planSvg } from '../../domain/plan/svg.js';
import { STEP_WORDS } from '../../domain/words.js';
import { Scroll } from '../../web/scroll.js';
import { Dates, type DatesProps } from './dates.js';
import { Part } from './parts.js';
import { type LivedSpan, livedTogether } from './spans.js';

/** What the section is told from. */
export interface ScheduleProps extends DatesProps {
  lived: readonly LivedSpan[];
}

/** The section. */
export function Schedule({ context, lived, rows, held }: ScheduleProps) {
  const { words, web, rehearsal, locale, label, date, workingDays, project } = context;
  const { schedule, lateBy } = web.console;
  const { plan: texts } = words;
  const drawing = planSvg(rehearsal.plan, {
    locale,
    lived: livedTogether(lived),
    closures: rehearsal.edition.territory.closures,
    idPrefix: 'report-plan',
  });
  const spans = rows.flatMap(({ planned, lived: all }) => all.map((span) => ({ ...span, due: planned.latest.finish })));
  const late = spans.filter(({ leftWorkingDays }) => (leftWorkingDays ?? 0) < 0);
  const unfinished = spans.filter(({ finished }) => finished === null);
  const called = ({ step, project: id }: LivedSpan) => [label(STEP_WORDS[step]), id === null ? '' : project(id)].filter(Boolean).join(', ');
  return (
    <Part id="plan" title={texts.title} lead={texts.lead}>
      <Scroll label={texts.title}>{raw(drawing)}</Scroll>
      <p class={late.length + unfinished.length > 0 ? 'flag' : 'small'}>{texts.lateSteps(late.length, unfinished.length)}</p>
      {late.length + unfinished.length === 0 ? null : (
        <ul class="columns">
          {late.map((span) => (
            <li>{texts.finished(called(span), date(span.finished ?? ''), lateBy(workingDays(-(span.leftWorkingDays ?? 0))))}</li>
          ))}
          {unfinished.map((span) => (
            <li>{texts.unfinished(called(span), span.due === null ? schedule.unknown : date(span.due))}</li>
          ))}
        </ul>
      )}
      <details class="printed">
        <summary>{schedule.table}</summary>
        <Dates context={context} rows={rows} held={held} />
        <p class="small">{texts.heldNote}</p>
      </details>
    </Part>
  );
}
