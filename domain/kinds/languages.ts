import type { Locale } from '../words.js';
import { decide as decideEn } from './en/decide.js';
import { others as othersEn } from './en/others.js';
import { decide as decideFr } from './fr/decide.js';
import { others as othersFr } from './fr/others.js';
import type { Words } from './words.js';

/** What is said of every kind of ask, in every language. */
export const kindWords: Record<Locale, Words> = { fr: { ...othersFr, decide: decideFr }, en: { ...othersEn, decide: decideEn } };
