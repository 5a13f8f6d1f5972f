import { type AskKind, askKinds } from '../../domain/asks.js';
import { type Calendar, type CivilDate, calendarOf, isCivilDate } from '../../domain/calendar.js';
import { hourInWords } from '../../domain/instants.js';
import { capital } from '../../domain/phrases.js';
import { setFrench } from '../../domain/typography.js';
import { inWords, isRoleWord, type Locale, ROLE_WORDS, STEP_WORDS, type Words, workingDays } from '../../domain/words.js';
import { type WebWords, wordsOf as webWordsOf } from '../../web/words/index.js';
import type { LivedAsk } from '../record.js';
import type { Rehearsal } from '../rehearse.js';
import { kindsOf, type MailKind } from './letters.js';
import { type ReportWords, wordsOf } from './words/index.js';

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
export interface ReportContext {
  rehearsal: Rehearsal;
  personas: string;
  locale: Locale;
  /** What only the report says. */
  words: ReportWords;
  /** What pages and console say too. */
  web: WebWords;
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
  /** "jeudi 15 juin 2023": a report is kept, and read in any year. */
  day(date: CivilDate): string;
  /** The same without the day of the week. */
  date(date: CivilDate): string;
  /** "le 15 juin 2023", "du 15 juin au 3 juillet 2023": a year that both days have is said once. */
  span(start: CivilDate, finish: CivilDate): string;
  hour(at: number): string;
  workingDays(n: number): string;
  /** A text that is typed in both languages, in the report's. */
  label(words: Words): string;
  /** What somebody typed, set as the language is. */
  typeset(text: string): string;
}

/** Makes ready what a report is drawn from. */
export function reportContext({ rehearsal, personas, locale }: { rehearsal: Rehearsal; personas: string; locale: Locale }): ReportContext {
  const { record, edition } = rehearsal;
  const words = wordsOf(locale);
  const web = webWordsOf(locale);
  const calendar = calendarOf(edition.territory);
  const asks = new Map(record.asks.map((ask) => [ask.id, ask]));
  const typeset = (text: string) => (locale === 'fr' ? setFrench(text) : text);
  const label = (text: Words) => typeset(text[locale]);
  const name = (person: string) => typeset(record.people.get(person)?.name ?? words.page.somebody);
  const project = (id: string) => words.page.project(record.projects.find((one) => one.id === id)?.title ?? '');
  const day = (date: CivilDate) => inWords(date, locale, { year: true });
  const date = (given: CivilDate, year = true) => inWords(given, locale, { year }).replace(/^\S+ (\S+) /, '$1\u00a0');
  const { to } = web.console.schedule;
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
    web,
    calendar,
    asks,
    mails,
    name,
    project,
    day,
    label,
    typeset,
    role: (person) => {
      const role = record.people.get(person)?.role ?? '';
      return isRoleWord(role) ? label(ROLE_WORDS[role]) : '';
    },
    thing: (ask) =>
      [...what(ask), ask.project === null ? '' : project(ask.project), ask.version > 1 ? web.page.facts.version(ask.version) : '']
        .filter(Boolean)
        .join(', '),
    date: (given) => date(given),
    span: (start, finish) =>
      start === finish ? web.page.facts.onDay(date(start)) : to(date(start, start.slice(0, 4) !== finish.slice(0, 4)), date(finish)),
    hour: (at) => hourInWords(at, edition.territory.timezone, locale),
    workingDays: (n) => workingDays(n, locale),
  };

  function what(ask: Pick<LivedAsk, 'kind' | 'step' | 'part'>): string[] {
    const step = label(STEP_WORDS[ask.step]);
    const noun = capital(web.kinds[ask.kind].page.noun);
    const dated = isCivilDate(ask.part ?? '') ? words.page.dated(noun, day(ask.part ?? '')) : noun;
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
        return [dated];
      case 'sitting':
        return [dated, step];
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
