/** All the words of the web, by language. */
import type { Choice } from '../../domain/asks.js';
import { choices as choicesEn } from '../../domain/kinds/en/decide.js';
import { choices as choicesFr } from '../../domain/kinds/fr/decide.js';
import { kindWords } from '../../domain/kinds/languages.js';
import type { OptionWords, Words } from '../../domain/kinds/words.js';
import { french } from '../../domain/typography.js';
import type { Locale } from '../../domain/words.js';
import { access as accessEn } from './en/access.js';
import { calendar as calendarEn } from './en/calendar.js';
import { call as callEn } from './en/call.js';
import { clock as clockEn } from './en/clock.js';
import { consoleWords as consoleEn } from './en/console.js';
import { engine as engineEn } from './en/engine.js';
import { page as pageEn } from './en/page.js';
import { preferences as preferencesEn } from './en/preferences.js';
import { reading as readingEn } from './en/reading.js';
import { search as searchEn } from './en/search.js';
import { type AccessWords, access as accessFr } from './fr/access.js';
import { type CalendarWords, calendar as calendarFr } from './fr/calendar.js';
import { type CallWords, call as callFr } from './fr/call.js';
import { type ClockWords, clock as clockFr } from './fr/clock.js';
import { type ConsoleWords, consoleWords as consoleFr } from './fr/console.js';
import { type EngineWords, engine as engineFr } from './fr/engine.js';
import { type PageWords, page as pageFr } from './fr/page.js';
import { type PreferencesWords, preferences as preferencesFr } from './fr/preferences.js';
import { type ReadingWords, reading as readingFr } from './fr/reading.js';
import { type SearchWords, search as searchFr } from './fr/search.js';

/** Everything one language says. */
export interface WebWords {
  kinds: Words;
  /** What coordinators may choose, whatever is lacking. */
  choices: Record<Choice, OptionWords>;
  access: AccessWords;
  page: PageWords;
  call: CallWords;
  console: ConsoleWords;
  preferences: PreferencesWords;
  calendar: CalendarWords;
  clock: ClockWords;
  reading: ReadingWords;
  engine: EngineWords;
  search: SearchWords;
}

const all: Record<Locale, WebWords> = {
  fr: {
    kinds: french(kindWords.fr),
    choices: french(choicesFr({})),
    access: accessFr,
    page: pageFr,
    call: callFr,
    console: consoleFr,
    preferences: preferencesFr,
    calendar: calendarFr,
    clock: clockFr,
    reading: readingFr,
    engine: engineFr,
    search: searchFr,
  },
  en: {
    kinds: kindWords.en,
    choices: choicesEn({}),
    access: accessEn,
    page: pageEn,
    call: callEn,
    console: consoleEn,
    preferences: preferencesEn,
    calendar: calendarEn,
    clock: clockEn,
    reading: readingEn,
    engine: engineEn,
    search: searchEn,
  },
};

/** The words of a language. */
export const wordsOf = (locale: Locale): WebWords => all[locale];
