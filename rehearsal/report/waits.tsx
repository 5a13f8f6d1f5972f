/** Who waited for whom. */
import type { Child } from 'hono/jsx';
import { stepOf } from '../../domain/steps.js';
import type { LivedAsk } from '../record.js';
import { decisions, type LateSeat, lackingAsks, setbacks } from './late.js';
import { Part, Table } from './parts.js';
import type { SlackThen } from './slack.js';
import type { Telling } from './telling.js';
import { CHOICE_WORDS, RESULT_WORDS, wordOf } from './words/nouns.js';

/** The section. */
export function Waits({ telling, late, slack }: { telling: Telling; late: readonly LateSeat[]; slack: SlackThen }) {
  const { words, rehearsal, name, day, thing, workingDays, locale, calendar } = telling;
  const { waits: texts } = words;
  const { asks } = rehearsal.record;
  const costly = late.filter(({ follows, lateDays, how }) => how === 'open' || (follows.is === 'waited' && lateDays > 0));
  const rest = late.filter((one) => !costly.includes(one));
  return (
    <Part id="waits" title={texts.title} lead={texts.lead}>
      {costly.length === 0 ? (
        <p>{texts.none}</p>
      ) : (
        <>
          <Table
            hidden
            caption={texts.caption}
            head={[texts.late, texts.what, texts.due, texts.answered, texts.days, texts.waited, texts.slack]}
            rows={costly.map((one) => [...cells(one), slackOf(one)])}
          />
          <p class="small">{texts.slackNote}</p>
        </>
      )}
      {rest.length === 0 ? null : (
        <details>
          <summary>{texts.harmless(rest.length)}</summary>
          <Table
            caption={texts.harmlessCaption}
            head={[texts.late, texts.what, texts.due, texts.answered, texts.days, texts.waited]}
            rows={rest.map(cells)}
          />
        </details>
      )}
      <div class="three">
        <List title={texts.lackingTitle} none={texts.lackingNone} items={lackingAsks(asks).map(lackingWords)} />
        <List title={texts.setbacksTitle} none={texts.setbacksNone} items={setbacks(asks).map(setbackWords)} />
        <List title={texts.decisionsTitle} none={texts.decisionsNone} items={decisions(asks).map(decisionWords)} />
      </div>
    </Part>
  );

  function cells({ ask, person, by, how, on, lateDays, follows }: LateSeat): Child[] {
    return [
      <>
        {name(person)}
        {by === undefined ? null : (
          <>
            <br />
            <span class="small">{texts.by[by.as](name(by.person))}</span>
          </>
        )}
      </>,
      <span class={`tag wrap ${stepOf(ask.step).hand}`}>{thing(ask)}</span>,
      day(ask.due),
      how === 'late' || how === 'filled' ? (
        on === null ? (
          ''
        ) : (
          day(on)
        )
      ) : (
        <>
          {texts.hows[how]}
          {on === null ? '' : `, ${day(on)}`}
        </>
      ),
      lateDays === 0 ? texts.onTime : <span class="tag late">{workingDays(lateDays)}</span>,
      followsWords(follows),
    ];
  }

  function followsWords(follows: LateSeat['follows']): Child {
    switch (follows.is) {
      case 'waited': {
        const people = [
          ...new Set(follows.asks.flatMap((ask) => ask.people.filter(({ joined }) => joined === 'asked').map(({ person }) => person))),
        ];
        const what = [...new Set(follows.asks.map(thing))];
        const shown = people.length > 4 ? [...people.slice(0, 3).map(name), words.verdict.more(people.length - 3)] : people.map(name);
        return (
          <>
            {shown.join(texts.list)}
            <br />
            <span class="small">{texts.waitedTo(what.length > 2 ? `${what[0]}…` : what.join(texts.list))}</span>
          </>
        );
      }
      case 'others':
        return texts.others;
      case 'dated':
        return texts.dated(thing(follows.ask), day(follows.on));
      case 'nothing':
        return texts.nothing;
    }
  }

  function slackOf({ ask, on }: LateSeat): Child {
    const before = slack.on(ask.due, ask.project);
    const after = slack.on(on ?? calendar.dateOf(rehearsal.from), ask.project);
    if (on === null || before === null || after === null) return '–';
    if (before === after) return texts.noChange;
    const minus = (n: number) => String(n).replace('-', '−');
    return (
      <span class={after < 0 ? 'flag' : ''}>
        <span aria-hidden="true">{texts.from(minus(before), minus(after))}</span>
        <span class="hidden">{texts.fromHidden(minus(before), minus(after))}</span>
      </span>
    );
  }

  function closing(ask: LivedAsk): string {
    return ask.closedOn !== null ? day(ask.closedOn) : ask.closedAt === null ? '' : day(calendar.dateOf(ask.closedAt));
  }

  function lackingWords({ ask, seats, filled }: ReturnType<typeof lackingAsks>[number]): string {
    return texts.lacking(thing(ask), filled, seats, closing(ask));
  }

  function setbackWords(ask: LivedAsk): string {
    const result = wordOf(RESULT_WORDS, ask.kind === 'session' ? 'not-held' : ask.result, locale) ?? '';
    const who =
      ask.kind === 'approve'
        ? ask.people.filter(({ closed }) => closed === 'answered').sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0))[0]
        : undefined;
    return texts.setback(thing(ask), result, who === undefined ? '' : name(who.person), closing(ask));
  }

  function decisionWords(ask: LivedAsk): string {
    const what = ask.part === 'no-sitting' ? `${thing(ask)}${texts.list}${texts.noSitting}` : thing(ask);
    return texts.decision(what, wordOf(CHOICE_WORDS, ask.result, locale) ?? texts.undecided, closing(ask));
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
