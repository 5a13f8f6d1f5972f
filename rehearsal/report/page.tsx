/** The report of a rehearsal: one page, complete in itself. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { raw } from 'hono/html';
import { addDays, earlierOf } from '../../domain/calendar.js';
import { isPerProject } from '../../domain/steps.js';
import type { Locale } from '../../domain/words.js';
import { style } from '../../web/assets.js';
import { Frame, render } from '../../web/frame.js';
import { figuresOf } from '../figures.js';
import type { Rehearsal } from '../rehearse.js';
import { Bodies } from './bodies.js';
import { Calendars } from './calendars.js';
import { reportContext } from './context.js';
import { Head } from './head.js';
import { Heat } from './heat.js';
import { lateSeats } from './late.js';
import { Margin } from './margin.js';
import { peopleInOrder } from './people.js';
import { Post } from './post.js';
import { Projects } from './projects.js';
import { Promises } from './promises.js';
import { Schedule } from './schedule.js';
import { script } from './script.js';
import { sittingRows } from './sittings.js';
import { slackAtOf, slackWeeks } from './slack.js';
import { stepRows } from './spans.js';
import { verdictOf } from './verdict.js';
import { Waits } from './waits.js';
import { mailWeeks } from './weeks.js';

/** What only the report has; the rest is the web's. */
const own = readFileSync(new URL('./style.css', import.meta.url), 'utf8');

/** Nothing is fetched, and no script runs but the page's own: mails are shown, never acted on. */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * The page of a rehearsal, as one HTML document that needs nothing else.
 * @param personas what the people who lived it are called
 */
export function reportPage({ rehearsal, personas, locale }: { rehearsal: Rehearsal; personas: string; locale: Locale }): string {
  const context = reportContext({ rehearsal, personas, locale });
  const { words, web, calendar, mails } = context;
  const { record, plan, document, edition } = rehearsal;
  const { count, dateOf, endOfDay } = calendar;
  const firstDay = document.virtual.from.slice(0, 10);
  const lastDay = document.virtual.to.slice(0, 10);
  const lived = document.steps.map(({ id, project, started, finished, outcome }) => ({
    step: id,
    project: project ?? null,
    started,
    finished,
    outcome,
  }));
  const people = peopleInOrder(record.people.values());
  const weeks = mailWeeks(
    mails,
    people.filter((person) => mails.some((mail) => mail.person === person)),
  );
  const lastMail = mails.at(-1)?.on ?? firstDay; // whoever waits for ever is told of a few weeks only
  const slackAt = slackAtOf(record);
  const slack = slackWeeks(slackAt, { first: firstDay, last: earlierOf(lastDay, addDays(lastMail, 28)), endOfDay });
  const figures = figuresOf(rehearsal);
  const sittings = sittingRows({
    plan,
    facts: record.facts,
    asks: record.asks,
    projects: (step) => (isPerProject(step) ? record.projects.map(({ id }) => id) : [null]),
  });
  const verdict = verdictOf({ target: plan.target, lived, facts: record.facts, stoppedOn: document.stopped?.at.slice(0, 10) }, count);
  const late = lateSeats({ asks: record.asks, dateOf, count, endOfDay, until: Date.parse(document.virtual.to), slackAt });
  const contents: [string, string][] = [
    ['plan', words.plan.title],
    ['slack', words.slack.title],
    ['waits', words.waits.title],
    ['sittings', words.sittings.title],
    ['projects', web.console.projects.title],
    ['weeks', words.weeks.title],
    ['people', words.people.title],
    ['guarantees', words.guarantees.title],
    ['mails', words.mails.title],
  ];
  const head = (
    <>
      <meta http-equiv="Content-Security-Policy" content={policy} />
      <style>{raw(style.body + own)}</style>
    </>
  );
  return render(
    <Frame
      locale={locale}
      title={`${words.page.title} · ${context.typeset(edition.title)}`}
      head={head}
      territory={context.typeset(edition.territory.name)}
      footer={words.page.made(Math.round(document.wallSeconds).toString())}
      end={<script>{raw(script)}</script>}
    >
      <Head context={context} verdict={verdict} weeks={weeks} sittings={sittings} tightest={figures.tightest} />
      <nav aria-label={words.page.contents} class="contents no-print">
        <ul>
          {contents.map(([id, title]) => (
            <li>
              <a href={`#${id}`}>{title}</a>
            </li>
          ))}
        </ul>
      </nav>
      <Schedule context={context} lived={lived} rows={stepRows(plan, lived, count)} held={figures.steps} />
      <Margin context={context} weeks={slack.weeks} least={slack.least} />
      <Waits context={context} late={late} />
      <Bodies context={context} rows={sittings} />
      <Projects context={context} />
      <Heat context={context} weeks={weeks} />
      <Calendars context={context} weeks={weeks} />
      <Promises context={context} />
      <Post context={context} />
    </Frame>,
  );
}
