/** An act before it is done: what it would change, and the form that does it (console.md, "What would it change"). */
import type { Child } from 'hono/jsx';
import { ACTS, type ActField, type ActName, type ActProblem, OPTIONAL } from '../../domain/acts.js';
import type { CivilDate } from '../../domain/calendar.js';
import { dateInWords, instantInWords } from '../../domain/instants.js';
import { MAIL_WORDS } from '../../domain/mails.js';
import type { MailChange, Preview } from '../../domain/preview.js';
import { isCircuitStep, STEP_IDS } from '../../domain/steps.js';
import { inWords, type Locale, STEP_WORDS, workingDays } from '../../domain/words.js';
import type { Viewer } from '../access.js';
import type { ActPage } from '../backend.js';
import { Layout } from '../layout.js';
import { Needed } from '../pages/form.js';
import { Rows, Table } from '../table.js';
import { wordsOf } from '../words/index.js';
import { Menu } from './access.js';
import { wordOf } from './tables.js';

/** What was typed on the page of an act. */
export type TypedAct = Record<ActField | 'reason', string>;

/** What the page shows beside a preview: that it was shown before and has changed, or that nothing could be read. */
export type ActNote = 'moved' | 'busy';

interface ActProps {
  locale: Locale;
  viewer: Viewer;
  page: ActPage;
  name: ActName;
  typed: TypedAct;
  /** Left out until all that the act needs is chosen. */
  preview?: Preview | undefined;
  problems?: readonly ActProblem[];
  note?: ActNote | undefined;
}
type Props = { locale: Locale; page: ActPage; preview: Preview };

/** More people than these are not listed one by one. */
const mostPeople = 50;

/** The page of an act. */
export function ActPageView({ locale, viewer, page, name, typed, preview, problems = [], note }: ActProps) {
  const { acts: words, editions } = wordsOf(locale).console;
  const { edition, at } = page;
  const whom = typed.person === '' ? '' : `${page.people[typed.person] ?? typed.person} – `;
  const title = `${words.titles[name]}${typed.ask === '' ? '' : `${whom}${askIn(page, typed.ask, locale)}`}`;
  return (
    <Layout locale={locale} title={title} edition={edition} at={at} wide menu={<Menu locale={locale} viewer={viewer} />}>
      <p class="small crumbs">
        <a href="/">{editions}</a> › <a href={`/editions/${edition.id}`}>{edition.title}</a>
      </p>
      <h1>{title}</h1>
      {note === undefined ? null : (
        <p class="notice" role="alert">
          {words[note]}
        </p>
      )}
      <p class="lead">
        {words.does[name]} {preview !== undefined && preview.refused === undefined ? <strong>{words.nothingYet}</strong> : null}
      </p>
      {chosenOf(name).length > 0 ? <Chosen locale={locale} page={page} name={name} typed={typed} problems={problems} /> : null}
      {preview === undefined ? null : preview.refused === undefined ? (
        <>
          <Changes locale={locale} page={page} preview={preview} />
          <Apply locale={locale} page={page} name={name} typed={typed} preview={preview} problems={problems} />
        </>
      ) : (
        <Refused locale={locale} page={page} preview={preview} />
      )}
    </Layout>
  );
}

/** What an ask is, as one names it: its step, what is asked, and of which project. */
function askIn({ asks }: ActPage, id: string, locale: Locale): string {
  const { console: words, kinds } = wordsOf(locale);
  const ask = asks[id];
  if (ask === undefined) return id;
  const about = [kinds[ask.kind].page.noun, ...(ask.project === undefined ? [] : [words.forProject(ask.project)])].join(', ');
  return `${STEP_WORDS[ask.step][locale]} (${about})`;
}

/** What one may try, and try again: dates, a step, a length. */
function Chosen({ locale, page, name, typed, problems = [] }: Omit<ActProps, 'viewer' | 'preview'>) {
  const { acts: words } = wordsOf(locale).console;
  const fields = chosenOf(name);
  const isTried = fields.some((field) => typed[field] !== '');
  return (
    <form method="get" action={`/editions/${page.edition.id}/acts/${name}`} class="card" novalidate>
      {typed.ask === '' ? null : <input type="hidden" name="ask" value={typed.ask} />}
      {isTried ? null : <p>{words.choose}</p>}
      {fields.map((field) => {
        const problem = isTried ? problems.find((one) => one.field === field)?.message[locale] : undefined;
        const { label, hint } = words.fields[field];
        const id = `f-${field}`;
        const about = {
          'aria-describedby': problem === undefined ? `${id}-hint` : `${id}-hint ${id}-problem`,
          'aria-invalid': problem === undefined ? undefined : ('true' as const),
        };
        return (
          <div class={problem === undefined ? 'field' : 'field wrong'}>
            <label class="block" for={id}>
              {label} <Needed required locale={locale} />
            </label>
            <span class="hint" id={`${id}-hint`}>
              {hint}
            </span>
            {problem === undefined ? null : (
              <span class="problem" id={`${id}-problem`} role="alert">
                {problem}
              </span>
            )}
            {field === 'step' ? (
              <select id={id} name={field} required {...about}>
                {ownSteps.map((step) => (
                  <option value={step} selected={step === typed.step}>
                    {STEP_WORDS[step][locale]}
                  </option>
                ))}
              </select>
            ) : field === 'length' ? (
              <span class="buttons">
                <input
                  type="number"
                  id={id}
                  name="n"
                  min={1}
                  max={400}
                  value={/^[0-9]+/.exec(typed.length)?.[0] ?? ''}
                  required
                  {...about}
                />
                <select name="unit" aria-label={words.unit}>
                  {(['wd', 'd', 'w'] as const).map((unit) => (
                    <option value={unit} selected={typed.length.endsWith(unit)}>
                      {words.units[unit]}
                    </option>
                  ))}
                </select>
              </span>
            ) : (
              <input type="date" id={id} name={field} value={typed[field]} required {...about} />
            )}
          </div>
        );
      })}
      <div class="buttons">
        <button type="submit" class="quiet">
          {words.see}
        </button>
      </div>
    </form>
  );
}

/** The steps that have a length of their own, as far as their kind tells. */
const ownSteps = STEP_IDS.filter((step) => !isCircuitStep(step) && step !== 'pitch' && step !== 'field' && step !== 'restitution');
type Chosen = Exclude<ActField, 'ask' | 'person'>;
const chosenOf = (name: ActName): Chosen[] => {
  const fields: readonly ActField[] = ACTS[name];
  return fields.filter((field): field is Chosen => field !== 'ask' && field !== 'person');
};

function Refused({ locale, page, preview: { refused } }: Props) {
  const { acts: words } = wordsOf(locale).console;
  const { code = 'other', from } = refused ?? {};
  const said = Object.entries(words.refusals).find(([one]) => one === code)?.[1] ?? words.refusals.other;
  const why = typeof said === 'string' ? said : said(from === undefined ? '' : dateInWords(from, page, locale));
  return (
    <section class="card errors" role="alert">
      <p>{words.refused(why)}</p>
      <p>
        <a href={`/editions/${page.edition.id}`}>{words.apply.back}</a>
      </p>
    </section>
  );
}

function Changes({ locale, page, preview }: Props) {
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

function Steps({ locale, page, preview: { plan } }: Props) {
  const { acts, schedule, forProject } = wordsOf(locale).console;
  const words = acts.steps;
  const span = (dates: { start: CivilDate; finish: CivilDate } | null) => {
    if (dates === null) return acts.unknown;
    const [start, finish] = [dateInWords(dates.start, page, locale), dateInWords(dates.finish, page, locale)];
    return start === finish ? schedule.on(start) : schedule.to(start, finish);
  };
  const head = [words.step, words.before, words.after, words.gap];
  const rows = plan.steps.map(({ id, project, before, after, workingDays: moved }) => [
    `${STEP_WORDS[id][locale]}${project === undefined ? '' : `, ${forProject(project)}`}`,
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
        <Table labelledBy="steps" head={head} cards>
          <Rows rows={rows} labels={head} />
        </Table>
      )}
    </section>
  );
}

function Sittings({ locale, page, preview: { sittings } }: Props) {
  const { acts, forProject } = wordsOf(locale).console;
  const words = acts.sittings;
  if (sittings.length === 0) return null;
  const day = (date: CivilDate | null) => (date === null ? words.none : dateInWords(date, page, locale));
  const head = [words.body, words.before, words.after];
  const rows = sittings.map(({ body, step, project, before, after }) => [
    `${page.bodies[body] ?? body} – ${STEP_WORDS[step][locale]}${project === undefined ? '' : `, ${forProject(project)}`}`,
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

function Asks({ locale, page, preview: { asks } }: Props) {
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

function Mails({ locale, page, preview: { mails } }: Props) {
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

function ToldCard({ locale, page, preview: { told } }: Props) {
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

function Apply({ locale, page, name, typed, preview, problems }: Omit<ActProps, 'viewer' | 'preview'> & { preview: Preview }) {
  const words = wordsOf(locale).console.acts.apply;
  const problem = problems?.find(({ field }) => field === 'reason')?.message[locale];
  return (
    <section class="card">
      <h2>{words.title}</h2>
      <form method="post" action={`/editions/${page.edition.id}/acts/${name}`} novalidate>
        {[...ACTS[name], ...(OPTIONAL[name] ?? [])].map((field) => (
          <input type="hidden" name={field} value={typed[field]} />
        ))}
        <input type="hidden" name="basis" value={preview.basis} />
        <div class={problem === undefined ? 'field' : 'field wrong'}>
          <label class="block" for="f-reason">
            {words.reason} <Needed required locale={locale} />
          </label>
          <span class="hint" id="f-reason-hint">
            {words.hint}
          </span>
          {problem === undefined ? null : (
            <span class="problem" id="f-reason-problem" role="alert">
              {problem}
            </span>
          )}
          <textarea
            id="f-reason"
            name="reason"
            rows={3}
            required
            maxlength={2000}
            aria-describedby={problem === undefined ? 'f-reason-hint' : 'f-reason-hint f-reason-problem'}
            aria-invalid={problem === undefined ? undefined : 'true'}
            autofocus={problem !== undefined}
          >
            {typed.reason}
          </textarea>
        </div>
        <p class="small">{words.when(instantInWords(page.at, page, locale))}</p>
        <div class="buttons">
          <button type="submit">{words.button}</button>
          <a class="button quiet" href={`/editions/${page.edition.id}`}>
            {words.back}
          </a>
        </div>
      </form>
    </section>
  );
}
