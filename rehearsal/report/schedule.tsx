/** The plan as foreseen and as lived: the drawing, and the table that says the same. */
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import { planSvg } from '../../domain/plan/svg.js';
import type { Span } from '../../domain/plan.js';
import { stepOf } from '../../domain/steps.js';
import { STEP_WORDS } from '../../domain/words.js';
import { handWord, Part, Scroll, Step, Table } from './parts.js';
import { type LivedSpan, livedTogether, type StepRow } from './spans.js';
import type { Telling } from './telling.js';
import { PROJECT_OUTCOME_WORDS, STEP_OUTCOME_WORDS, wordOf } from './words/nouns.js';

/** The section. */
export function Schedule({ telling, lived, rows }: { telling: Telling; lived: readonly LivedSpan[]; rows: readonly StepRow[] }) {
  const { words, rehearsal, locale, say, day, workingDays, project } = telling;
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
        <ul>
          {late.map(({ step, project: id, finished, leftWorkingDays }) => (
            <li>
              {texts.finished(
                [say(STEP_WORDS[step]), id === null ? '' : project(id)].filter(Boolean).join(', '),
                day(finished ?? ''),
                workingDays(-(leftWorkingDays ?? 0)),
              )}
            </li>
          ))}
        </ul>
      )}
      <details class="printed">
        <summary>{texts.table}</summary>
        <Table
          caption={texts.caption}
          head={[texts.step, texts.carried, texts.earliest, texts.latest, texts.lived, texts.left]}
          rows={rows.map(cells)}
        />
      </details>
    </Part>
  );

  function cells({ planned, lived: spans }: StepRow): Child[] {
    const { id, earliest, latest } = planned;
    return [
      <Step step={id} telling={telling} />,
      handWord(stepOf(id).hand, telling),
      spanWords(earliest),
      latest.finish === null ? texts.unknown : day(latest.finish),
      spans.length === 0 ? texts.never : lines(spans, (span) => `${own(span)}${livedWords(span)}`),
      spans.length === 0 ? '–' : lines(spans, leftOf),
    ];
  }

  function lines<One>(all: readonly One[], of: (one: One) => Child): Child {
    return all.length === 1 && all[0] !== undefined ? (
      of(all[0])
    ) : (
      <ul class="plain">
        {all.map((one) => (
          <li>{of(one)}</li>
        ))}
      </ul>
    );
  }

  function own({ project: id }: LivedSpan): string {
    return id === null ? '' : locale === 'fr' ? `${project(id)}\u00a0: ` : `${project(id)}: `;
  }

  function spanWords({ start, finish }: Span): string {
    if (start === null || finish === null) return texts.unknown;
    return start === finish ? words.page.on(day(start)) : words.page.upTo(day(start), day(finish));
  }

  function livedWords({ started, finished, outcome }: LivedSpan): string {
    if (outcome === 'skipped') return texts.skipped;
    if (finished === null) return texts.running(day(started));
    const how = wordOf(STEP_OUTCOME_WORDS, outcome, locale);
    return `${spanWords({ start: started, finish: finished })}${how === undefined ? '' : ` (${how})`}`;
  }

  function leftOf(span: StepRow['lived'][number]): Child {
    const { leftWorkingDays: left } = span;
    if (left === null) return '–';
    const text = texts.leftValue(left, workingDays(Math.abs(left)));
    return left < 0 ? <span class="tag late">{text}</span> : text;
  }
}

/** The projects and how they ended. */
export function Projects({ telling }: { telling: Telling }) {
  const { words, rehearsal, locale, name, dayYear, project } = telling;
  const { plan: texts } = words;
  const { projects } = rehearsal.record;
  if (projects.length === 0) return <p>{texts.noProject}</p>;
  const need = (id: string) => rehearsal.edition.needs.find((one) => one.id === id)?.title ?? '';
  return (
    <Table
      caption={texts.outcomesCaption}
      head={[texts.project, texts.need, texts.outcome]}
      rows={projects.map(({ id, need: of, applicant, directorate, outcome, ended_on }) => [
        <>
          {project(id)}
          <br />
          <span class="small">
            {name(applicant)} · {name(directorate)}
          </span>
        </>,
        need(of),
        outcome === null
          ? texts.notEnded
          : `${wordOf(PROJECT_OUTCOME_WORDS, outcome, locale)}${ended_on === null ? '' : `, ${words.page.on(dayYear(ended_on))}`}`,
      ])}
    />
  );
}
