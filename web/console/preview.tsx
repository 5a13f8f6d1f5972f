/** What an act would change, in words: the margin, dates, sittings, asks, mails person by person, and who is told. */
import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { CivilDate } from '../../domain/calendar.js';
import { dateInWords, instantInWords } from '../../domain/instants.js';
import { MAIL_WORDS } from '../../domain/mails.js';
import { MOVED_TITLE, movedSvg } from '../../domain/plan/moved.js';
import type { MailChange, Preview } from '../../domain/preview.js';
import { stepOf } from '../../domain/steps.js';
import { inWords, type Locale, STEP_WORDS, workingDays } from '../../domain/words.js';
import type { ActPage } from '../backend.js';
import { Scroll } from '../scroll.js';
import { Rows, Table } from '../table.js';
import { wordsOf } from '../words/index.js';
import { wordOf } from './tables.js';

/** A preview, and what it names. */
export type PreviewProps = { locale: Locale; page: ActPage; preview: Preview };

/** More people than these are not listed one by one. */
const mostPeople = 50;

/** What an ask is, as one names it: its step, what is asked, and of which project. */
export function askIn({ asks }: Pick<ActPage, 'asks'>, id: string, locale: Locale): string {
  const { console: words, kinds } = wordsOf(locale);
  const ask = asks[id];
  if (ask === undefined) return id;
  const about = [kinds[ask.kind].page.noun, ...(ask.project === undefined ? [] : [words.forProject(ask.project)])].join(', ');
  return `${STEP_WORDS[ask.step][locale]} (${about})`;
}

/** The cards of a preview. */
export function Changes({ locale, page, preview }: PreviewProps) {
  const { acts: words } = wordsOf(locale).console;
  const { plan, mails } = preview;
  const days = (n: number | null) => (n === null ? words.unknown : workingDays(n, locale));
  const day = (date: CivilDate) => inWords(date, locale, { year: true });
  return (
    <>
      <dl class="figures">
        <Figure name={words.figures.slack}>
          {plan.slackWorkingDays.before === plan.slackWorkingDays.after ? (
            days(plan.slackWorkingDays.after)
          ) : (
            <Becomes before={days(plan.slackWorkingDays.before)} after={days(plan.slackWorkingDays.after)} />
          )}
        </Figure>
        <Figure name={words.figures.target}>
          {plan.target.before === plan.target.after ? (
            words.unchanged
          ) : (
            <Becomes before={day(plan.target.before)} after={day(plan.target.after)} />
          )}
        </Figure>
        <Figure name={words.figures.steps}>{plan.steps.length}</Figure>
        <Figure name={words.figures.mails}>{mails.length}</Figure>
      </dl>
      {plan.feasible.before && !plan.feasible.after ? <p class="notice">{words.infeasible}</p> : null}
      <Steps locale={locale} page={page} preview={preview} />
      <Sittings locale={locale} page={page} preview={preview} />
      <Asks locale={locale} page={page} preview={preview} />
      <Mails locale={locale} page={page} preview={preview} />
      <ToldCard locale={locale} page={page} preview={preview} />
    </>
  );
}

function Figure({ name, children }: { name: string; children?: Child }) {
  return (
    <div class="card">
      <dt>{name}</dt>
      <dd class="num">{children}</dd>
    </div>
  );
}

const Becomes = ({ before, after }: { before: string; after: string }) => (
  <>
    <s>{before}</s> → <strong>{after}</strong>
  </>
);

function Steps({ locale, page, preview: { plan } }: PreviewProps) {
  const { acts, schedule, forProject } = wordsOf(locale).console;
  const words = acts.steps;
  const span = (dates: { start: CivilDate; finish: CivilDate } | null) => {
    if (dates === null) return acts.unknown;
    const [start, finish] = [dateInWords(dates.start, page, locale), dateInWords(dates.finish, page, locale)];
    return start === finish ? schedule.on(start) : schedule.to(start, finish);
  };
  const head = [words.step, words.before, words.after, words.gap];
  const ofProject = (project: string | undefined) =>
    project === undefined ? {} : { project: forProject(page.projects[project] ?? project) };
  const drawing = movedSvg(
    plan.steps.map(({ id, project, before, after }) => ({
      ...{ name: STEP_WORDS[id][locale], hand: stepOf(id).hand, before, after },
      ...ofProject(project),
    })),
    { locale, closures: page.closures ?? [], idPrefix: 'moved' },
  );
  const rows = plan.steps.map(({ id, project, before, after, workingDays: moved }) => [
    [STEP_WORDS[id][locale], ...Object.values(ofProject(project))].join(', '),
    span(before),
    span(after),
    `${moved > 0 ? '+ ' : ''}${workingDays(moved, locale)}`,
  ]);
  return (
    <section class="card">
      <h2 id="steps">{words.title}</h2>
      {rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          {drawing === '' ? null : <Scroll label={MOVED_TITLE[locale]}>{raw(drawing)}</Scroll>}
          <Table labelledBy="steps" head={head} cards>
            <Rows rows={rows} labels={head} />
          </Table>
        </>
      )}
    </section>
  );
}

function Sittings({ locale, page, preview: { sittings } }: PreviewProps) {
  const { acts, forProject } = wordsOf(locale).console;
  const words = acts.sittings;
  if (sittings.length === 0) return null;
  const day = (date: CivilDate | null) => (date === null ? words.none : dateInWords(date, page, locale));
  const head = [words.body, words.before, words.after];
  const rows = sittings.map(({ body, step, project, before, after }) => [
    `${page.bodies[body] ?? body} – ${STEP_WORDS[step][locale]}${project === undefined ? '' : `, ${forProject(page.projects[project] ?? project)}`}`,
    day(before),
    day(after),
  ]);
  return (
    <section class="card">
      <h2 id="sittings">{words.title}</h2>
      <Table labelledBy="sittings" head={head} cards>
        <Rows rows={rows} labels={head} />
      </Table>
    </section>
  );
}

function Asks({ locale, page, preview: { asks } }: PreviewProps) {
  const words = wordsOf(locale).console.acts.asks;
  const day = (date: CivilDate) => dateInWords(date, page, locale);
  const dates = (due: CivilDate | null, end: CivilDate | null) =>
    due === null ? '' : end === null || end === due ? day(due) : words.end(day(due), day(end));
  const head = [words.ask, words.before, words.after];
  const rows = asks.map(({ ask, change, due, end }) => [
    askIn(page, ask, locale),
    dates(due.before, end.before),
    change === 'closed' ? words.closed : change === 'opened' ? words.opened : dates(due.after, end.after),
  ]);
  return (
    <section class="card">
      <h2 id="asks">{words.title}</h2>
      {rows.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <Table labelledBy="asks" head={head} cards>
          <Rows rows={rows} labels={head} />
        </Table>
      )}
    </section>
  );
}

function Mails({ locale, page, preview: { mails } }: PreviewProps) {
  const words = wordsOf(locale).console.acts.mails;
  const people = [...new Set(mails.map(({ person }) => person))];
  const counts = (of: readonly MailChange[]) =>
    words.count(
      (['added', 'cancelled', 'moved'] as const)
        .flatMap((change) => {
          const n = of.filter((mail) => mail.change === change).length;
          return n === 0 ? [] : [words[change](n)];
        })
        .join(', '),
    );
  return (
    <section class="card">
      <h2 id="mails">{words.title}</h2>
      {mails.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <>
          <p>
            <strong>{counts(mails)}</strong> {words.lead}
          </p>
          {people.slice(0, mostPeople).map((person) => {
            const theirs = mails.filter((mail) => mail.person === person);
            return (
              <details>
                <summary>
                  {page.people[person] ?? person} · <span class="small">{counts(theirs)}</span>
                </summary>
                <ul class="plain">
                  {theirs.map((mail) => (
                    <li>
                      <span class={`tag ${mail.change === 'cancelled' ? 'late' : 'plain-tag'}`}>{words.changes[mail.change]}</span>{' '}
                      {mailInWords(mail, { page, locale })}
                    </li>
                  ))}
                </ul>
              </details>
            );
          })}
          {people.length > mostPeople ? <p>{words.rest(people.length - mostPeople)}</p> : null}
        </>
      )}
    </section>
  );
}

/** A mail that changes: what it is, of which ask, about whom, and when. */
function mailInWords({ rung, ask, about, at }: MailChange, { page, locale }: { page: ActPage; locale: Locale }): string {
  const { mails: words, rungs } = wordsOf(locale).console.acts;
  const named = wordOf(rungs, rung.startsWith('nudge-') ? 'nudge' : rung);
  const of = `${named} – ${askIn(page, ask, locale)}`;
  const what = about === undefined ? of : `${of} (${page.people[about] ?? about})`;
  const when = (instant: number) => instantInWords(instant, page, locale);
  if (at.before !== null && at.after !== null) return words.move(what, when(at.before), when(at.after));
  return words.at(what, when(at.after ?? at.before ?? 0));
}

/** Who is told by an act, of what and when. */
export function ToldCard({ locale, page, preview: { told } }: PreviewProps) {
  const words = wordsOf(locale).console.acts.told;
  const lines = new Map<string, string[]>();
  for (const { person, template, at } of told) {
    const when = at <= page.at ? words.now : words.on(instantInWords(at, page, locale));
    const line = `${wordOf(MAIL_WORDS[locale], template)}, ${when}`;
    lines.set(line, [...(lines.get(line) ?? []), page.people[person] ?? person]);
  }
  return (
    <section class="card">
      <h2>{words.title}</h2>
      {told.length === 0 ? <p>{words.none}</p> : null}
      {[...lines].map(([line, people]) => (
        <p>
          <strong>{people.slice(0, mostPeople).join(', ')}</strong>
          {people.length > mostPeople ? ` (+ ${people.length - mostPeople})` : ''} : {line}.
        </p>
      ))}
    </section>
  );
}
