import { type AskKind, askKinds } from '../../domain/asks.js';
import { type Calendar, type CivilDate, calendarOf, isCivilDate } from '../../domain/calendar.js';
import { setFrench } from '../../domain/typography.js';
import { inWords, isRoleWord, type Locale, ROLE_WORDS, STEP_WORDS, type Words, workingDays } from '../../domain/words.js';
import type { LivedAsk } from '../record.js';
import type { Rehearsal } from '../rehearse.js';
import { kindsOf, type MailKind } from './letters.js';
import { type ReportWords, wordsOf } from './words/index.js';
import { ASK_NOUNS } from './words/nouns.js';

/** A mail as the report shows it: `id` is its place on the page. */
export interface ShownMail {
  id: string;
  at: number;
  on: CivilDate;
  person: string;
  subject: string;
  kinds: MailKind[];
  /** It asks, reminds, or escalates. */
  asks: boolean;
  /** Who is late, in an escalation. */
  about: string[];
  messageId: string;
  bytes: string;
}

/** What every part of the report needs: the rehearsal, and how to call what is in it. */
export interface Telling {
  rehearsal: Rehearsal;
  personas: string;
  locale: Locale;
  words: ReportWords;
  calendar: Calendar;
  asks: ReadonlyMap<string, LivedAsk>;
  mails: readonly ShownMail[];
  /** What a person is called. */
  name(person: string): string;
  role(person: string): string;
  /** A project's title between quotes. */
  project(id: string): string;
  /** What is asked, as a list says it: the step, the project, the version. */
  thing(ask: LivedAsk): string;
  /** "jeudi 15 juin", with its year where it is not the first. */
  day(date: CivilDate): string;
  /** The same without the day of the week. */
  date(date: CivilDate): string;
  dayYear(date: CivilDate): string;
  hour(at: number): string;
  workingDays(n: number): string;
  say(words: Words): string;
}

/** Makes ready what a report is told from. */
export function tellingOf({ rehearsal, personas, locale }: { rehearsal: Rehearsal; personas: string; locale: Locale }): Telling {
  const { record, edition } = rehearsal;
  const words = wordsOf(locale);
  const calendar = calendarOf(edition.territory);
  const asks = new Map(record.asks.map((ask) => [ask.id, ask]));
  const say = (text: Words) => (locale === 'fr' ? setFrench(text.fr) : text.en);
  const name = (person: string) => record.people.get(person)?.name ?? words.page.somebody;
  const project = (id: string) => words.page.project(record.projects.find((one) => one.id === id)?.title ?? '');
  const day = (date: CivilDate) => inWords(date, locale, { year: date.slice(0, 4) !== edition.start.slice(0, 4) });
  const mails = [...record.mails]
    .sort((a, b) => a.at - b.at || (a.person < b.person ? -1 : a.person > b.person ? 1 : 0) || (a.messageId < b.messageId ? -1 : 1))
    .map((mail, index) => ({
      id: `mail-${index + 1}`,
      at: mail.at,
      on: calendar.dateOf(mail.at),
      person: mail.person,
      subject: mail.subject,
      kinds: kindsOf(mail, asks),
      asks: mail.asks.length > 0,
      about: [...new Set(mail.asks.flatMap(({ about }) => about ?? []))],
      messageId: mail.messageId,
      bytes: mail.bytes,
    }));
  return {
    rehearsal,
    personas,
    locale,
    words,
    calendar,
    asks,
    mails,
    name,
    project,
    day,
    say,
    role: (person) => {
      const role = record.people.get(person)?.role ?? '';
      return isRoleWord(role) ? say(ROLE_WORDS[role]) : '';
    },
    thing: (ask) =>
      [...what(ask), ask.project === null ? '' : project(ask.project), ask.version > 1 ? words.page.version(ask.version) : '']
        .filter(Boolean)
        .join(', '),
    date: (date) => day(date).replace(/^\S+ /, ''),
    dayYear: (date) => inWords(date, locale, { year: true }),
    hour: (at) => clock(calendar.timeOf(at), locale),
    workingDays: (n) => workingDays(n, locale),
  };

  function what(ask: Pick<LivedAsk, 'kind' | 'step' | 'part'>): string[] {
    const step = say(STEP_WORDS[ask.step]);
    const noun = capital(say(ASK_NOUNS[ask.kind]));
    const { waits } = words;
    switch (ask.kind) {
      case 'approve': {
        const several = edition.circuits[ask.step as keyof typeof edition.circuits]?.stages.length > 1; // an approval's step is a circuit
        return [step, several && ask.part !== null ? words.page.stage(ask.part) : ''];
      }
      case 'document':
      case 'interview':
      case 'eligibility':
      case 'shortlist':
        return [step];
      case 'session':
        return [capital(isCivilDate(ask.part ?? '') ? waits.sessionOf(day(ask.part ?? '')) : noun)];
      case 'sitting':
        return [capital(isCivilDate(ask.part ?? '') ? waits.sittingOf(day(ask.part ?? '')) : noun), step];
      case 'decide': {
        const about = aboutOf(ask);
        return about === undefined ? [step] : what({ ...about, step: ask.step });
      }
      case 'report':
      case 'apply':
      case 'relay':
        return [noun, step];
      default:
        return [noun];
    }
  }

  function aboutOf({ part }: Pick<LivedAsk, 'part'>): Pick<LivedAsk, 'kind' | 'part'> | undefined {
    const kind = askKinds.filter((one): one is AskKind => part === one || part?.startsWith(`${one}-`) === true).at(-1);
    return kind === undefined || kind === 'decide' ? undefined : { kind, part: part === kind ? null : (part ?? '').slice(kind.length + 1) };
  }
}

/** A text with its first letter large. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** An hour as one says it: "9 h", "9 h 05"; "9:05". */
function clock(time: string, locale: Locale): string {
  const [hours = '', rest] = time.split(':');
  const whole = Number(hours);
  if (locale === 'en') return `${whole}:${rest}`;
  return rest === '00' ? `${whole}\u00a0h` : `${whole}\u00a0h\u00a0${rest}`;
}
