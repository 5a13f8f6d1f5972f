/** The head of the report: what was rehearsed, how it ended, in one sentence and six figures. */
import type { Child } from 'hono/jsx';
import type { SittingRow } from './sittings.js';
import type { SlackOn } from './slack.js';
import type { Telling } from './telling.js';
import type { Verdict } from './verdict.js';
import type { Weeks } from './weeks.js';

/** What the head is told from. */
export interface HeadProps {
  telling: Telling;
  verdict: Verdict;
  weeks: Weeks;
  sittings: readonly SittingRow[];
  least: SlackOn | undefined;
}

/** Title, verdict, figures. */
export function Head({ telling, verdict, ...rest }: HeadProps) {
  const { words, rehearsal, personas, dayYear } = telling;
  const { edition, document } = rehearsal;
  const good = verdict.is === 'restituted' && verdict.lateWorkingDays <= 0;
  return (
    <>
      <p class="small crumbs">
        {words.page.title} · {edition.territory.name}
      </p>
      <h1>{edition.title}</h1>
      <p class="small">
        {words.page.personas}
        {words.page.colon}
        <strong>{personas}</strong> · {words.page.seed} <strong>{document.seed}</strong> ·{' '}
        {words.page.lived(dayYear(document.virtual.from.slice(0, 10)), dayYear(document.virtual.to.slice(0, 10)))}. {words.page.nobody}
      </p>
      <p class={`verdict ${good ? 'good' : 'bad'}`}>
        {verdictWords(verdict, telling)}
        {verdict.is === 'stopped' ? ` ${waitingWords(telling)}` : ''}
      </p>
      <Figures telling={telling} verdict={verdict} {...rest} />
    </>
  );
}

/** How it ended, in a sentence. */
export function verdictWords(verdict: Verdict, { words: { verdict: words }, dayYear, rehearsal, workingDays }: Telling): string {
  switch (verdict.is) {
    case 'restituted': {
      const { on, lateWorkingDays: late } = verdict;
      const target = dayYear(rehearsal.plan.target);
      if (late === 0) return words.onTime(dayYear(on));
      return late > 0 ? words.late(dayYear(on), workingDays(late), target) : words.early(dayYear(on), workingDays(-late), target);
    }
    case 'ended':
      return words.ended(verdict.on === null ? undefined : dayYear(verdict.on));
    case 'stopped':
      return words.stopped(dayYear(verdict.on));
  }
}

/** Whom it still waits for, where it never ended. */
function waitingWords({ words: { verdict: words }, rehearsal, asks, thing, name }: Telling): string {
  const waiting = (rehearsal.document.stopped?.waitingOn ?? []).map(({ ask: id, person }) => {
    const ask = asks.get(id);
    return ask === undefined ? name(person) : words.waitingFor(name(person), thing(ask));
  });
  const all = [...new Set(waiting)];
  if (all.length === 0) return '';
  const shown = all.length > 3 ? [...all.slice(0, 2), words.more(all.length - 2)] : all;
  const last = shown.at(-1) ?? '';
  return words.waiting(shown.length > 1 ? `${shown.slice(0, -1).join(', ')}${words.and}${last}` : last);
}

function Figures({ telling, weeks, sittings, least }: HeadProps) {
  const { words, mails, rehearsal, name, day, dayYear, workingDays, locale } = telling;
  const { figures } = words;
  const { guarantees } = rehearsal.document;
  const held = guarantees.filter(({ violations }) => violations.length === 0).length;
  const missed = sittings.filter(({ is }) => is === 'missed').length;
  const reached = sittings.filter(({ is }) => is === 'reached').length;
  const people = weeks.rows.filter((row) => row.mails > 0);
  const busiest = people
    .flatMap((row) => row.cells.map((cell, index) => ({ person: row.person, week: weeks.weeks[index] ?? '', mails: cell.mails })))
    .sort((a, b) => b.mails - a.mails)[0];
  const average = people.length === 0 ? '0' : decimal(mails.length / people.length, locale);
  const slack = least?.slackWorkingDays ?? null;
  return (
    <dl class="figures" aria-label={figures.title}>
      <Figure name={figures.mails} value={String(mails.length)} note={figures.mailsNote(countOf('reminder'), countOf('escalation'))} />
      <Figure name={figures.people} value={String(people.length)} note={figures.peopleNote(average)} />
      <Figure
        name={figures.busiest}
        value={figures.busiestValue(busiest?.mails ?? 0)}
        note={busiest ? figures.busiestNote(name(busiest.person), day(busiest.week)) : ''}
      />
      <Figure
        name={figures.slack}
        value={slack === null ? figures.slackUnknown : workingDays(slack).replace('-', '−')}
        note={least === undefined ? '' : figures.slackNote(dayYear(least.on))}
        bad={slack !== null && slack < 0}
      />
      <Figure
        name={figures.sittings}
        value={reached + missed === 0 ? figures.sittingsNone : figures.sittingsValue(reached, missed)}
        note={reached + missed === 0 ? '' : figures.sittingsNote(missed)}
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

function Figure({ name, value, note, bad = false }: { name: string; value: Child; note: string; bad?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd class={bad ? 'value bad' : 'value'}>{value}</dd>
      <dd class="small">{note}</dd>
    </div>
  );
}

const decimal = (n: number, locale: 'fr' | 'en'): string => {
  const text = n >= 10 ? String(Math.round(n)) : n.toFixed(1);
  return locale === 'fr' ? text.replace('.', ',') : text;
};
