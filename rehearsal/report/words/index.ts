import type { Locale } from '../../../domain/words.js';
import { en } from './en.js';
import { fr, type ReportWords } from './fr.js';

export type { ReportWords } from './fr.js';

const all: Record<Locale, ReportWords> = { fr, en };

/** The report's words in a language. */
export const wordsOf = (locale: Locale): ReportWords => all[locale];
