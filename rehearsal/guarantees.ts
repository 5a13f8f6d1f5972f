import { minGapWorkingDays } from '../domain/asks/reminders.js';
import { isSendingTime } from '../domain/asks/sending.js';
import type { AnswerState } from '../domain/asks.js';
import type { Calendar } from '../domain/calendar.js';
import type { Words } from '../domain/words.js';
import { lackingIn } from './carried.js';
import { grouped } from './grouped.js';
import type { MailText } from './mailtext.js';
import type { Asked } from './requests.js';

/** The promises of experience.md ("Guarantees"), in its order. */
export const guaranteeNames = [
  'nothing-after-answer',
  'each-rung-once',
  'two-working-days-apart',
  'working-hours',
  'one-reminder-a-day',
  'link-and-request',
] as const;
export type GuaranteeName = (typeof guaranteeNames)[number];

/** What each promise says, to people. */
export const GUARANTEE_WORDS: Record<GuaranteeName, Words> = {
  'nothing-after-answer': {
    fr: "Rien au sujet d'une demande avant son ouverture, ni après sa réponse ou sa fin.",
    en: 'Nothing about a request before it opens, nor after its answer or its end.',
  },
  'each-rung-once': {
    fr: "Chaque échelon une seule fois par destinataire et par personne dont il s'agit.",
    en: 'Each rung once only, per addressee and person it is about.',
  },
  'two-working-days-apart': {
    fr: "Deux messages au même destinataire, au sujet de la même demande et de la même personne, ont au moins deux jours ouvrés d'écart.",
    en: 'Two mails to one addressee about the same request and the same person are at least two working days apart.',
  },
  'working-hours': {
    fr: 'Jamais un jour non ouvré, jamais avant 8 h ni à partir de 19 h.',
    en: 'Never on a day off, never before 8:00 nor from 19:00 on.',
  },
  'one-reminder-a-day': {
    fr: 'Au plus un message de rappel par personne et par jour.',
    en: 'At most one mail of reminders per person and day.',
  },
  'link-and-request': {
    fr: "Chaque message porte le lien et la demande d'origine.",
    en: 'Each mail carries the link and the original request.',
  },
};

/** An ask as the guarantees see it: a `LivedAsk` is one. Instants are epoch ms. */
export interface GuaranteedAsk extends Asked {
  id: string;
  openedAt: number | null;
  /** When it ended; null: still open. */
  closedAt: number | null;
  /** When each person's place in it was closed: answered, filled by somebody else, or not needed any more. */
  people: readonly { person: string; seat: string; closed: AnswerState | null; closedAt: number | null }[];
}

/** A mail as the guarantees see it: what was really sent, and what it says. A `LivedMail` is one, but for its text: `mailText(bytes)`. */
export interface GuaranteedMail {
  at: number;
  person: string;
  /** What it asks for, or escalates: `about` is who is late. */
  asks: readonly { ask: string; rung: string; about?: string }[];
  text: MailText;
  messageId: string;
}

/** What somebody remembers to have done, whatever the database says of it. */
export interface Remembered {
  ask: string;
  person: string;
  at: number;
  did: 'answered' | 'delegated';
}

/** One promise, how many times it was put to the test, and where it was broken, a line each: when, to whom, about what, in which mails. */
export interface Guarantee {
  name: GuaranteeName;
  checked: number;
  violations: string[];
}

/** What is checked. Mails that ask for nothing are let through. */
export interface Sent {
  asks: readonly GuaranteedAsk[];
  mails: readonly GuaranteedMail[];
  /** The territory's, as its file has it. */
  calendar: Calendar;
  /** What every link in a mail begins with. */
  publicUrl: string;
  /** Left out, only the database is believed. */
  deeds?: readonly Remembered[];
}

/** One ask in one mail. */
type Item = { mail: GuaranteedMail; ask: string; rung: string; about: string };

/** How long a mail that was taken for sending may still be on its way, in milliseconds: an answer within it may cross it. */
const onItsWayMs = 60_000;

/** Checks every promise on every mail that asks for something or escalates it; the same mails in any order give the same answer. */
export function guarantees({ asks, mails, calendar, publicUrl, deeds = [] }: Sent): Guarantee[] {
  const asking = mails.filter((mail) => mail.asks.length > 0);
  const items = asking.flatMap(itemsOf);
  const known = new Map(asks.map((ask) => [ask.id, ask]));
  const done = grouped(deeds, (deed) => deed.ask);
  const day = ({ mail }: { mail: GuaranteedMail }) => calendar.dateOf(mail.at);
  const clock = (at: number) => calendar.minuteOf(at);
  const say = (...said: readonly Item[]) =>
    [...grouped(said, ({ mail }) => `${clock(mail.at)} person=${mail.person} mail=${mail.messageId}`)]
      .map(([line, inOne]) => `${line} ${inOne.map(sayItem).sort().join(' ')}`)
      .sort()
      .join('; ');
  const tooMany = (same: readonly Item[]) => (same.length > 1 ? say(...same) : undefined);

  const checks: Record<GuaranteeName, () => Omit<Guarantee, 'name'>> = {
    'nothing-after-answer': () =>
      tried(items, (item) => {
        const ask = known.get(item.ask);
        if (ask === undefined) return `${say(item)} unknown`;
        if (isEarly(ask, item)) return `${say(item)} opens=${ask.openedAt === null ? 'never' : clock(ask.openedAt)}`;
        const over = overAt(ask, item.about === '' ? item.mail.person : item.about, done.get(ask.id) ?? []);
        return over !== undefined && over < item.mail.at - onItsWayMs ? `${say(item)} over=${clock(over)}` : undefined;
      }),
    'each-rung-once': () => tried([...grouped(items, (item) => `${target(item)} ${item.rung}`).values()], tooMany),
    'two-working-days-apart': () =>
      tried(neighbours([...grouped(items, target).values()]), ([before, after]) =>
        calendar.count(day(before), day(after)) < minGapWorkingDays ? say(before, after) : undefined,
      ),
    'working-hours': () => tried(asking, (mail) => (isSendingTime(mail.at, calendar) ? undefined : say(...itemsOf(mail)))),
    'one-reminder-a-day': () => {
      const reminding = asking.filter((mail) => mail.asks.some(({ rung }) => rung !== 'opening'));
      const days = [...grouped(reminding, (mail) => `${mail.person} ${day({ mail })}`).values()];
      return tried(days, (same) => (same.length > 1 ? say(...same.flatMap(itemsOf)) : undefined));
    },
    'link-and-request': () =>
      tried(
        asking.flatMap((mail) => lackingIn(mail, { known, publicUrl }).map((lacks, index) => ({ lacks, item: itemsOf(mail)[index] }))),
        ({ lacks, item }) => (lacks === undefined || item === undefined ? undefined : `${say(item)} lacks=${lacks}`),
      ),
  };
  return guaranteeNames.map((name) => ({ name, ...checks[name]() }));
}

function tried<Case>(cases: readonly Case[], violation: (one: Case) => string | undefined): Omit<Guarantee, 'name'> {
  return {
    checked: cases.length,
    violations: cases
      .map(violation)
      .filter((text) => text !== undefined)
      .sort(),
  };
}

const itemsOf = (mail: GuaranteedMail): Item[] => mail.asks.map(({ ask, rung, about = '' }) => ({ mail, ask, rung, about }));
const target = ({ ask, mail, about }: Item): string => `${ask} ${mail.person} ${about}`;
const sayItem = ({ ask, rung, about }: Item): string => `ask=${ask} rung=${rung}${about === '' ? '' : ` about=${about}`}`;

/** Each mail of a group with the one before it, in the order in which they left. */
function neighbours(groups: readonly Item[][]): [Item, Item][] {
  return groups.flatMap((group) => {
    const inOrder = [...group].sort((a, b) => a.mail.at - b.mail.at);
    return inOrder.slice(1).map((item, index): [Item, Item] => [inOrder[index] ?? item, item]);
  });
}

/** Whether a mail left before its ask had opened; a session is announced before its day. */
function isEarly({ kind, openedAt }: GuaranteedAsk, { mail, rung }: Item): boolean {
  if (kind === 'session' && rung === 'before-2') return false;
  return openedAt === null || mail.at < openedAt - onItsWayMs;
}

/** From when on nothing may be sent to, or about, somebody: their own answer, the first of their seat's, or the end of the ask. */
function overAt(ask: GuaranteedAsk, person: string, deeds: readonly Remembered[]): number | undefined {
  const seatOf = (holder: string) => ask.people.find((place) => place.person === holder)?.seat;
  const own = ask.people.find((place) => place.person === person);
  const ofTheSeat = (holder: string) => own !== undefined && seatOf(holder) === own.seat;
  const answered = ask.people.filter(({ person: holder, closed }) => ofTheSeat(holder) && (closed === 'answered' || closed === 'declined'));
  const done = deeds.filter((deed) => deed.person === person || (deed.did === 'answered' && ofTheSeat(deed.person)));
  const ends = [ask.closedAt, own?.closedAt ?? null, ...answered.map((place) => place.closedAt), ...done.map((deed) => deed.at)];
  return ends.filter((at) => at !== null).sort((a, b) => a - b)[0];
}
