import type { AskKind } from '../../../domain/asks.js';
import type { Locale } from '../../../domain/words.js';
import type { AskWords, Bilingual } from '../types.js';
import { decide } from './decide.js';
import { othersWords } from './others.js';

const words: Record<AskKind, Bilingual> = { ...othersWords, decide };

/** What is said of an ask of this kind in this language. A kind without its words does not compile. */
export const askWords = (kind: AskKind, locale: Locale): AskWords => words[kind][locale];
