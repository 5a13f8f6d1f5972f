/** The engine of one edition: why it moves or does not, in plain words, and what can be done about it. */
import { backlogInWords } from '../../client/checks/backlog.js';
import { shortBuild } from '../../client/execution.js';
import type { EngineAct } from '../../client/verbs/engine.js';
import { type Clock, instantInWords } from '../../domain/instants.js';
import { capital } from '../../domain/phrases.js';
import { setFrench } from '../../domain/typography.js';
import { alertWords } from '../../domain/watch/words.js';
import type { Locale } from '../../domain/words.js';
import type { EnginePart } from '../backend.js';
import { Rows, Table } from '../table.js';
import { wordsOf } from '../words/index.js';
import { Alerts } from './alerts.js';
import { Field } from './field.js';
import { Shell, type ShellProps } from './shell.js';
import { Incidents, wordOf } from './tables.js';

/** What was done on the page, or why it was not. */
export type EngineNote = EngineAct | 'owed' | 'over' | 'away';

interface Told {
  locale: Locale;
  part: EnginePart;
}

/** Real instants, on the territory's clock. */
const clockOf = ({ realNow, edition }: EnginePart): Clock => ({ at: realNow, edition });

/** The page; `lacking`: the act that lacks its reason. */
export function EnginePage({ part, note, lacking, ...shell }: ShellProps & { part: EnginePart; note?: EngineNote; lacking?: EngineAct }) {
  const { locale } = shell;
  const { engine: words } = wordsOf(locale);
  const said = {
    retry: words.acts.done.retry,
    restart: words.acts.done.restart,
    owed: words.acts.done.owed,
    over: words.acts.over,
    away: words.acts.away,
  };
  const { kept } = wordsOf(locale).console;
  return (
    <Shell {...shell} of={part} current="engine" title={words.title} {...(note === undefined ? {} : { notice: said[note] })}>
      <p class="lead">{shell.tabs.includes('today') ? words.lead : kept}</p>
      {part.edition.shifted ? <p class="small">{words.ownClock}</p> : null}
      <Why locale={locale} part={part} />
      <Alerts locale={locale} alerts={part.alerts} at={part.realNow} />
      <Incidents page={part} locale={locale} />
      <Pending locale={locale} part={part} />
      <Acts locale={locale} part={part} {...(lacking === undefined ? {} : { lacking })} />
    </Shell>
  );
}

/** The verdict with its remedy, and the facts that it is drawn from. */
function Why({ locale, part }: Told) {
  const { engine: words } = wordsOf(locale);
  const { verdict, execution, looks, offsetMs, realNow, edition, ui } = part;
  const at = (instant: number) => instantInWords(instant, clockOf(part), locale);
  const mails = backlogInWords(part.mails, realNow);
  const lookAt = looks.lookAt === null ? null : looks.lookAt - offsetMs;
  const standing =
    verdict === 'run-missing' || verdict === 'task-failing' || verdict === 'wake-owed'
      ? alertWords({ kind: verdict, scope: edition.id, count: execution?.task?.attempts ?? 1 }, locale)
      : undefined;
  return (
    <section class={verdict === 'fine' || verdict === 'over' || verdict === 'paused' ? 'card' : 'card errors'} aria-labelledby="verdict">
      <h2 id="verdict">{words.verdicts[verdict]}</h2>
      {standing === undefined ? (
        <p>{verdict in words.explained ? words.explained[verdict as keyof typeof words.explained] : null}</p>
      ) : (
        <>
          <p>{standing.means}</p>
          <p>
            <strong>{words.remedy}</strong> {standing.todo}
          </p>
        </>
      )}
      <dl class="facts">
        <dt>{words.next}</dt>
        <dd>{lookAt === null ? words.nothingNext : lookAt < realNow ? words.late(at(lookAt)) : at(lookAt)}</dd>
        <dt>{words.owed}</dt>
        <dd>
          {looks.owedSince === null
            ? words.notOwed
            : words.owedSince(at(looks.owedSince), looks.wokenAt === null ? undefined : at(looks.wokenAt))}
        </dd>
        <dt>{words.mails}</dt>
        <dd>{locale === 'fr' ? setFrench(mails.fr) : mails.en}</dd>
        {execution === undefined ? null : (
          <>
            <dt>{words.runs}</dt>
            <dd>
              {execution === null
                ? words.none
                : execution.status === 'running'
                  ? at(execution.since)
                  : words.ended(wordOf(words.statuses, execution.status.toUpperCase()))}
            </dd>
          </>
        )}
        {execution == null ? null : (
          <>
            {execution.task === undefined ? null : (
              <>
                <dt>{words.task}</dt>
                <dd>
                  {words.tried(execution.task.attempts)}{' '}
                  {execution.task.failure === undefined ? null : <code>{execution.task.failure}</code>}
                </dd>
              </>
            )}
            <dt>{words.build}</dt>
            <dd>{builds(execution.build)}</dd>
            <dt>{words.history}</dt>
            <dd class="num">{words.size(execution.historyEvents, Math.ceil(execution.historyBytes / 1024))}</dd>
            <dt>{words.id}</dt>
            <dd>
              <code>{execution.id}</code>
            </dd>
            <dt>{words.run}</dt>
            <dd>
              <code>{execution.runId}</code>
            </dd>
          </>
        )}
      </dl>
      {ui === undefined ? null : (
        <p>
          <a href={ui}>{words.ui}</a>
        </p>
      )}
    </section>
  );

  function builds({ first, last }: { first: string | null; last: string | null }) {
    if (first === null) return words.noBuild;
    return last === null || last === first ? <code>{shortBuild(first)}</code> : words.builds(shortBuild(first), shortBuild(last));
  }
}

/** What the run waits for in the engine. */
function Pending({ locale, part }: Told) {
  const { engine: words } = wordsOf(locale);
  const { execution } = part;
  if (execution == null || execution.status !== 'running') return null;
  const at = (instant: number) => instantInWords(instant, clockOf(part), locale);
  const timer = [words.timer.what, words.timer.at];
  const activity = [words.activity.what, words.activity.state, words.activity.failure, words.activity.next];
  return (
    <>
      <section class="card">
        <h2 id="activities">{words.activities}</h2>
        {execution.activities.length === 0 ? (
          <p>{words.noActivities}</p>
        ) : (
          <Table labelledBy="activities" head={activity} cards>
            <Rows
              labels={activity}
              rows={execution.activities.map((one) => [
                capital(wordOf(words.kinds, one.type)),
                <>
                  {one.started ? words.working(one.attempt, at(one.since ?? part.realNow)) : words.waiting(one.attempt, one.mostAttempts)}
                  {one.worker === undefined ? null : (
                    <>
                      <br />
                      <span class="small">{one.worker}</span>
                    </>
                  )}
                </>,
                one.failure === undefined ? '–' : <code>{one.failure}</code>,
                one.started ? '–' : one.nextAt === null || one.nextAt <= part.realNow ? words.now : at(one.nextAt),
              ])}
            />
          </Table>
        )}
      </section>
      <section class="card">
        <h2 id="timers">{words.timers}</h2>
        {execution.timers.length === 0 ? (
          <p>{words.noTimers}</p>
        ) : (
          <Table labelledBy="timers" head={timer} cards>
            <Rows
              labels={timer}
              rows={execution.timers.map(({ summary, at: instant }) => [
                capital(Object.hasOwn(words.summaries, summary) ? wordOf(words.summaries, summary) : summary),
                at(instant),
              ])}
            />
          </Table>
        )}
      </section>
    </>
  );
}

/** The two acts, each with its reason. */
function Acts({ locale, part, lacking }: Told & { lacking?: EngineAct }) {
  const { acts: words } = wordsOf(locale).engine;
  const { edition } = part;
  const acts: EngineAct[] = edition.status === 'running' || edition.status === 'paused' ? ['retry', 'restart'] : ['retry'];
  return (
    <div class="grid even">
      {acts.map((act) => (
        <form class="card" method="post" action={`/editions/${edition.id}/engine/${act}`} novalidate>
          <h2>{words[act].button}</h2>
          <p>{words[act].does}</p>
          <Field name="reason" id={`f-${act}`} label={words.reason} locale={locale} problem={lacking === act ? words.lacking : undefined} />
          <button type="submit" class={act === 'restart' ? 'quiet' : undefined}>
            {words[act].button}
          </button>
        </form>
      ))}
    </div>
  );
}
