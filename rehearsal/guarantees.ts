import type { AnswerState } from '../domain/asks.js';
import type { Calendar } from '../domain/calendar.js';
import { isSendingTime, minGapWorkingDays } from '../domain/ladder.js';

/** An ask as the guarantees see it. Instants are epoch ms. */
export interface GuaranteedAsk {
  id: string;
  openedAt: number | null;
  /** When it ended; null: still open. */
  closedAt: number | null;
  /** When each person's place in it was closed: answered, filled by somebody else, or not needed any more. */
  people: { person: string; seat: string; closed: AnswerState | null; closedAt: number | null }[];
}

/** A mail as the guarantees see it: what was really sent, and what it says. */
export interface GuaranteedMail {
  at: number;
  person: string;
  /** What it asks for, or escalates: `about` is who is late. */
  asks: { ask: string; rung: string; about?: string }[];
  /** Its whole text, as read. */
  text: string;
}

/** One promise, how many times it was put to the test, and where it was broken. */
export interface Guarantee {
  name: string;
  checked: number;
  violations: string[];
}

/** What is checked. */
export interface Sent {
  asks: readonly GuaranteedAsk[];
  mails: readonly GuaranteedMail[];
  calendar: Calendar;
  /** What every link in a mail begins with. */
  publicUrl: string;
}

type Item = { mail: GuaranteedMail; ask: string; rung: string; about: string };

/** How long a mail that was taken for sending may still be on its way, in milliseconds: an answer within it may cross it. */
const onItsWayMs = 60_000;

/** Checks the promises of experience.md ("Guarantees") on every mail that asks for something or escalates it. */
export function guarantees({ asks, mails, calendar, publicUrl }: Sent): Guarantee[] {
  const asking = mails.filter((mail) => mail.asks.length > 0);
  const items = asking.flatMap((mail) => mail.asks.map(({ ask, rung, about = '' }): Item => ({ mail, ask, rung, about })));
  const known = new Map(asks.map((ask) => [ask.id, ask]));
  const say = ({ mail, ask, rung, about }: Item) =>
    `${ask} ${rung} to ${mail.person}${about === '' ? '' : ` about ${about}`} at ${new Date(mail.at).toISOString()}`;
  const day = (mail: GuaranteedMail) => calendar.dateOf(mail.at);

  return [
    promise('nothing about an ask before it opens, after its answer or after its end', items, (item) => {
      const ask = known.get(item.ask);
      if (ask === undefined) return `${say(item)}: there is no such ask`;
      return isOver(ask, item) ? say(item) : undefined;
    }),
    promise(
      'each rung once per addressee and person it is about',
      grouped(items, (i) => `${key(i)} ${i.rung}`),
      (same) => (same.length > 1 ? same.map(say).join('; ') : undefined),
    ),
    promise('mails about one ask are two working days apart', pairs(grouped(items, key)), ([before, after]) =>
      calendar.count(day(before.mail), day(after.mail)) < minGapWorkingDays ? `${say(before)}; ${say(after)}` : undefined,
    ),
    promise('never on a day off, never outside 8 to 19 h', asking, (mail) =>
      isSendingTime(mail.at, calendar) ? undefined : `to ${mail.person} at ${new Date(mail.at).toISOString()}`,
    ),
    promise(
      'at most one mail of reminders per person and day',
      grouped(
        asking.filter((mail) => mail.asks.some(({ rung }) => rung !== 'opening')),
        (mail) => `${mail.person} ${day(mail)}`,
      ),
      (same) => (same.length > 1 ? `${same.length} to ${same[0]?.person} on ${same[0] === undefined ? '' : day(same[0])}` : undefined),
    ),
    promise('each carries the link', asking, (mail) => {
      const wanted = new Set(mail.asks.map(({ about }) => (about === undefined ? `${publicUrl}/a/` : publicUrl)));
      const lacking = [...wanted].filter((start) => !mail.text.includes(start));
      return lacking.length === 0 ? undefined : `to ${mail.person} at ${new Date(mail.at).toISOString()}: no ${lacking.join(', ')}`;
    }),
  ];
}

function promise<Case>(name: string, cases: readonly Case[], violation: (one: Case) => string | undefined): Guarantee {
  return { name, checked: cases.length, violations: cases.map(violation).filter((text) => text !== undefined) };
}

const key = ({ ask, mail, about }: Item): string => `${ask} ${mail.person} ${about}`;

function grouped<One>(list: readonly One[], by: (one: One) => string): One[][] {
  const groups = new Map<string, One[]>();
  for (const one of list) {
    const group = groups.get(by(one));
    if (group === undefined) groups.set(by(one), [one]);
    else group.push(one);
  }
  return [...groups.values()];
}

/** Each mail of a group with the one before it, in the order in which they left. */
function pairs(groups: readonly Item[][]): [Item, Item][] {
  return groups.flatMap((group) => {
    const inOrder = [...group].sort((a, b) => a.mail.at - b.mail.at);
    return inOrder.slice(1).map((item, index): [Item, Item] => [inOrder[index] ?? item, item]);
  });
}

/** Whether an ask was over for the person concerned – the addressee, or the one who is late – or not yet open, when a mail about it left. */
function isOver(ask: GuaranteedAsk, { mail, about, rung }: Item): boolean {
  const over = (at: number | null) => at !== null && mail.at - onItsWayMs > at;
  const concerned = ask.people.find((place) => place.person === (about === '' ? mail.person : about));
  const answered = ask.people.filter((place) => place.closed === 'answered' || place.closed === 'declined');
  const filled = answered.some((place) => place.seat === concerned?.seat && over(place.closedAt));
  // a session is announced before its day
  const early = rung !== 'before-2' && ask.openedAt !== null && mail.at < ask.openedAt - onItsWayMs;
  return early || over(ask.closedAt) || over(concerned?.closedAt ?? null) || filled;
}
