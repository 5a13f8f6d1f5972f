/** The head of the report: what was rehearsed, how it ended, in one sentence and six figures. */
import type { Child } from 'hono/jsx';
import { list } from '../../domain/phrases.js';
import { STEP_WORDS } from '../../domain/words.js';
import type { RunFigures } from '../figures.js';
import { busiestWeek } from '../waits.js';
import type { ReportContext } from './context.js';
import type { SittingRow } from './sittings.js';
import type { Verdict } from './verdict.js';
import type { Weeks } from './weeks.js';

/** What the head is told from. */
export interface HeadProps {
  context: ReportContext;
  verdict: Verdict;
  weeks: Weeks;
  sittings: readonly SittingRow[];
  tightest: RunFigures['tightest'];
}

/** Title, verdict, figures. */
export function Head({ context, verdict, ...rest }: HeadProps) {
  const { words, rehearsal, personas, day, typeset } = context;
  const { edition, document } = rehearsal;
  const good = verdict.is === 'restituted' && verdict.lateWorkingDays <= 0 && rest.sittings.every(({ is }) => is !== 'missed');
  return (
    <>
      <p class="small crumbs">
        {words.page.title} · {typeset(edition.territory.name)}
      </p>
      <h1>{typeset(edition.title)}</h1>
      <p class="small">
        {words.page.personas}
        {words.page.colon}
        <strong>{personas}</strong> · {words.page.seed} <strong>{document.seed}</strong> ·{' '}
        {words.page.lived(day(document.virtual.from.slice(0, 10)), day(document.virtual.to.slice(0, 10)))}. {words.page.nobody}
      </p>
      <p class={`verdict ${good ? 'good' : 'bad'}`}>
        {verdictWords(verdict, context)}
        {verdict.is === 'stopped' ? ` ${waitingWords(context)}` : ''}
        {missedWords(rest.sittings, context)}
      </p>
      <Figures context={context} verdict={verdict} {...rest} />
    </>
  );
}

/** How it ended, in a sentence. */
export function verdictWords(verdict: Verdict, { words: { verdict: words }, day, rehearsal, workingDays }: ReportContext): string {
  switch (verdict.is) {
    case 'restituted': {
      const { on, lateWorkingDays: late } = verdict;
      const target = day(rehearsal.plan.target);
      if (late === 0) return words.onTime(day(on));
      return late > 0 ? words.late(day(on), workingDays(late), target) : words.early(day(on), workingDays(-late), target);
    }
    case 'ended':
      return words.ended(verdict.on === null ? undefined : day(verdict.on));
    case 'stopped':
      return words.stopped(day(verdict.on));
  }
}

/** Whose sitting was missed, if any was. */
function missedWords(sittings: readonly SittingRow[], { words, web, project }: ReportContext): string {
  const missed = sittings.filter(({ is }) => is === 'missed');
  const whose = missed.map(({ project: id }) => (id === null ? web.console.incidents.edition : project(id)));
  return missed.length === 0 ? '' : ` ${words.verdict.missed(missed.length, whose.join(', '))}`;
}

/** Whom it still waits for, where it never ended. */
function waitingWords({ words: { verdict: words }, web, rehearsal, asks, thing, name, locale }: ReportContext): string {
  const waiting = (rehearsal.document.stopped?.waitingOn ?? []).map(({ ask: id, person }) => {
    const ask = asks.get(id);
    return ask === undefined ? name(person) : words.waitingFor(name(person), thing(ask));
  });
  const all = [...new Set(waiting)];
  if (all.length === 0) return '';
  return words.waiting(all.length > 3 ? `${all.slice(0, 2).join(', ')} ${web.console.andMore(all.length - 2)}` : list(all, locale));
}

function Figures({ context, weeks, sittings, tightest }: HeadProps) {
  const { words, web, mails, rehearsal, name, day, project, label, calendar, workingDays, locale } = context;
  const { figures } = words;
  const { guarantees } = rehearsal.document;
  const held = guarantees.filter(({ violations }) => violations.length === 0).length;
  const missed = sittings.filter(({ is }) => is === 'missed').length;
  const reached = sittings.filter(({ is }) => is === 'reached').length;
  const people = weeks.rows.filter((row) => row.mails > 0);
  const busiest = busiestWeek(rehearsal.record.mails, calendar);
  const average = people.length === 0 ? '0' : decimal(mails.length / people.length, locale);
  const slack = tightest?.slackWorkingDays ?? null;
  return (
    <dl class="figures" aria-label={figures.title}>
      <Figure name={figures.mails} value={String(mails.length)} note={figures.mailsNote(countOf('reminder'), countOf('escalation'))} />
      <Figure name={figures.people} value={String(people.length)} note={figures.peopleNote(average)} />
      <Figure
        name={figures.busiest}
        value={String(busiest?.mails ?? 0)}
        unit={figures.busiestUnit(busiest?.mails ?? 0)}
        note={busiest ? figures.busiestNote(name(busiest.person), day(busiest.monday)) : ''}
      />
      <Figure
        name={figures.slack}
        value={slack === null ? web.console.unknownSlack : String(slack).replace('-', '−')}
        unit={slack === null ? '' : workingDays(slack).replace(/^\S+ /, '')}
        note={
          tightest === null
            ? ''
            : [label(STEP_WORDS[tightest.step]), tightest.project === undefined ? '' : project(tightest.project)].filter(Boolean).join(', ')
        }
        bad={slack !== null && slack < 0}
      />
      <Figure
        name={figures.sittings}
        value={reached + missed === 0 ? words.page.none : figures.sittingsValue(reached, missed)}
        note={reached + missed === 0 ? '' : figures.sittingsNote(reached, missed)}
        bad={missed > 0}
      />
      <Figure
        name={figures.guarantees}
        value={figures.guaranteesValue(held, guarantees.length)}
        note={figures.guaranteesNote(guarantees.reduce((n, { checked }) => n + checked, 0))}
        bad={held < guarantees.length}
      />
    </dl>
  );

  function countOf(kind: 'reminder' | 'escalation'): number {
    return mails.filter(({ kinds }) => kinds.includes(kind)).length;
  }
}

function Figure({ name, value, unit = '', note, bad = false }: { name: string; value: Child; unit?: string; note: string; bad?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={bad ? 'value bad' : 'value'}>
        {value}
        {unit === '' ? null : <span class="unit"> {unit}</span>}
      </dd>
      <dd class="small">{note}</dd>
    </div>
  );
}

const decimal = (n: number, locale: 'fr' | 'en'): string => {
  const text = n >= 10 ? String(Math.round(n)) : n.toFixed(1);
  return locale === 'fr' ? text.replace('.', ',') : text;
};
