/** All the words of the web, by language. */
import type { AskKind, Choice } from '../../domain/asks.js';
import { french } from '../../domain/typography.js';
import type { Locale } from '../../domain/words.js';
import { asks as asksEn } from './en/asks.js';
import { calendar as calendarEn } from './en/calendar.js';
import { call as callEn } from './en/call.js';
import { consoleWords as consoleEn } from './en/console.js';
import { choices as choicesEn, fields as fieldsEn } from './en/fields.js';
import { page as pageEn } from './en/page.js';
import { preferences as preferencesEn } from './en/preferences.js';
import { asks as asksFr } from './fr/asks.js';
import { type CalendarWords, calendar as calendarFr } from './fr/calendar.js';
import { type CallWords, call as callFr } from './fr/call.js';
import { type ConsoleWords, consoleWords as consoleFr } from './fr/console.js';
import { choices as choicesFr, fields as fieldsFr } from './fr/fields.js';
import { type PageWords, page as pageFr } from './fr/page.js';
import { type PreferencesWords, preferences as preferencesFr } from './fr/preferences.js';
import type { AskWords, KindFields, OptionWords } from './shape.js';

/** Everything one language says. */
export interface WebWords {
  asks: Record<AskKind, AskWords>;
  fields: KindFields;
  /** What coordinators may choose, whatever is lacking. */
  choices: Record<Choice, OptionWords>;
  page: PageWords;
  call: CallWords;
  console: ConsoleWords;
  preferences: PreferencesWords;
  calendar: CalendarWords;
}

const all: Record<Locale, WebWords> = {
  fr: {
    asks: asksFr,
    fields: fieldsFr,
    choices: french(choicesFr({})),
    page: pageFr,
    call: callFr,
    console: consoleFr,
    preferences: preferencesFr,
    calendar: calendarFr,
  },
  en: {
    asks: asksEn,
    fields: fieldsEn,
    choices: choicesEn({}),
    page: pageEn,
    call: callEn,
    console: consoleEn,
    preferences: preferencesEn,
    calendar: calendarEn,
  },
};

/** The words of a language. */
export const wordsOf = (locale: Locale): WebWords => all[locale];
