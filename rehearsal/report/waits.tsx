/** Who waited for whom. */
import type { Child } from 'hono/jsx';
import { DECISION_WORDS, wordIn } from '../../domain/outcomewords.js';
import { small } from '../../domain/phrases.js';
import { stepOf } from '../../domain/steps.js';
import { Rows, Table } from '../../web/table.js';
import { grouped } from '../grouped.js';
import type { LivedAsk } from '../record.js';
import { waitsOf } from '../waits.js';
import type { ReportContext } from './context.js';
import { decisions, type LateSeat, lackingAsks, lostDays, madeWait, setbacks } from './late.js';
import { Part } from './parts.js';

/** The section. */
export function Waits({ context, late }: { context: ReportContext; late: readonly LateSeat[] }) {
  const { words, web, rehearsal, name, date, thing, workingDays, locale, calendar } = context;
  const { waits: texts } = words;
  const { asks } = rehearsal.record;
  const costly = late.filter(madeWait);
  const rest = late.filter((one) => !madeWait(one));
  const most = waitsOf(asks, { calendar, until: Date.parse(rehearsal.document.virtual.to) }).slice(0, 3);
  return (
    <Part id="waits" title={texts.title} lead={texts.lead}>
      {most.length === 0 ? null : (
        <p>
          {texts.most}{' '}
          {most
            .map(({ person, workingDays: n, asks: of }) => texts.oneOfMost(name(person), web.console.lateBy(workingDays(n)), of))
            .join(words.page.semicolon)}
          .
        </p>
      )}
      {costly.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <>
          <Table
            hidden
            roomy
            caption={texts.caption}
            head={[texts.late, texts.what, texts.due, texts.answered, texts.days, texts.waited, texts.slack]}
          >
            <Rows named rows={alike(costly).map((same) => [...cells(same), lostWords(same[0])])} />
          </Table>
          <p class="small">{texts.slackNote}</p>
        </>
      )}
      {rest.length === 0 ? null : (
        <details>
          <summary>{texts.harmless(rest.length)}</summary>
          <Table roomy caption={texts.harmlessCaption} head={[texts.late, texts.what, texts.due, texts.answered, texts.days, texts.waited]}>
            <Rows named rows={alike(rest).map(cells)} />
          </Table>
        </details>
      )}
      <div class="three">
        <List title={texts.lackingTitle} none={texts.lackingNone} items={lackingAsks(asks).map(lackingWords)} />
        <List title={texts.setbacksTitle} none={texts.setbacksNone} items={setbacks(asks).map(setbackWords)} />
        <List title={texts.decisionsTitle} none={texts.decisionsNone} items={decisions(asks).map(decisionWords)} />
      </div>
    </Part>
  );

  /** A row for what cannot be told apart: the same people, the same thing, the same days. */
  function cells(same: readonly [LateSeat, ...LateSeat[]]): Child[] {
    const [{ ask, people, by, how, on }] = same;
    return [
      <>
        {people.map(name).join(', ')}
        {by === undefined ? null : (
          <>
            <br />
            <span class="small">{texts.by[by.as](name(by.person))}</span>
          </>
        )}
      </>,
      <>
        <span class={`tag wrap ${stepOf(ask.step).hand}`}>{thing(ask)}</span>
        {same.length > 1 ? <span class="small"> {texts.times(same.length)}</span> : null}
      </>,
      date(ask.due),
      how === 'late' || how === 'filled' ? (
        on === null ? (
          ''
        ) : (
          date(on)
        )
      ) : (
        <>
          {texts.hows[how]}
          {on === null ? '' : `, ${web.page.facts.onDay(date(on))}`}
        </>
      ),
      lateWords(same[0]),
      followsWords(same[0]),
    ];
  }

  function alike(list: readonly LateSeat[]): [LateSeat, ...LateSeat[]][] {
    const key = ({ ask, people, by, how, on, lateDays }: LateSeat) => JSON.stringify([people, thing(ask), ask.due, by, how, on, lateDays]);
    return [...grouped(list, key).values()].flatMap(([first, ...others]) => (first === undefined ? [] : [[first, ...others]]));
  }

  function lateWords({ how, lateDays, askedDays }: LateSeat): Child {
    if (lateDays > 0) return <span class="tag late">{workingDays(lateDays)}</span>;
    if (how !== 'missed') return texts.onTime;
    return (
      <>
        <span class="tag late">{texts.unanswered}</span>
        <br />
        <span class="small">{texts.askedFor(workingDays(askedDays))}</span>
      </>
    );
  }

  function followsWords({ follows, how }: LateSeat): Child {
    if (how === 'open') return texts.everything;
    switch (follows.is) {
      case 'waited': {
        const people = [
          ...new Set(follows.asks.flatMap((ask) => ask.people.filter(({ joined }) => joined === 'asked').map(({ person }) => person))),
        ];
        const what = [...new Set(follows.asks.map(thing))];
        return (
          <>
            {people.length > 4
              ? `${people.slice(0, 3).map(name).join(', ')} ${web.console.andMore(people.length - 3)}`
              : people.map(name).join(', ')}
            <br />
            <span class="small">
              {follows.asks.every(({ kind }) => kind === 'decide')
                ? texts.toDecide
                : texts.waitedTo(what.length > 2 ? `${what[0]}…` : what.join(', '))}
            </span>
          </>
        );
      }
      case 'others':
        return texts.others;
      case 'dated':
        return texts.dated(thing(follows.ask), date(follows.on));
      case 'nothing':
        return texts.nothing;
    }
  }

  function lostWords(one: LateSeat): Child {
    const { slack } = one;
    const lost = lostDays(one);
    if (slack === undefined) return '–';
    if (lost === 0) return words.page.none;
    return (
      <>
        <span class={slack.came < 0 ? 'tag late' : ''}>{workingDays(lost)}</span>
        <br />
        <span class="small">{texts.from(minus(slack.due), minus(slack.came))}</span>
      </>
    );
  }

  function closing(ask: LivedAsk): string {
    return ask.closedOn !== null ? date(ask.closedOn) : ask.closedAt === null ? '' : date(calendar.dateOf(ask.closedAt));
  }

  function lackingWords({ ask, seats, filled }: ReturnType<typeof lackingAsks>[number]): string {
    return texts.lacking(thing(ask), filled, seats, closing(ask));
  }

  function setbackWords(ask: LivedAsk): string {
    const result = ask.kind === 'session' ? texts.notHeld : (wordIn(DECISION_WORDS, ask.result, locale) ?? '');
    const who =
      ask.kind === 'approve'
        ? ask.people.filter(({ closed }) => closed === 'answered').sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0))[0]
        : undefined;
    return texts.setback(thing(ask), result, who === undefined ? '' : name(who.person), closing(ask));
  }

  function decisionWords(ask: LivedAsk): string {
    const what = ask.part === 'no-sitting' ? `${thing(ask)}, ${words.sittings.noneLeft}` : thing(ask);
    const choice = Object.entries(web.choices).find(([code]) => code === ask.result)?.[1].label;
    return texts.decision(what, choice === undefined ? DECISION_WORDS.undecided[locale] : small(choice), closing(ask));
  }
}

function List({ title, none, items }: { title: string; none: string; items: readonly string[] }) {
  return (
    <div>
      <h3>{title}</h3>
      {items.length === 0 ? (
        <p class="small">{none}</p>
      ) : (
        <ul>
          {items.map((one) => (
            <li>{one}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

const minus = (n: number): string => String(n).replace('-', '−');
