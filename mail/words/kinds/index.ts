import type { AskKind } from '../../../domain/asks.js';
import type { Locale } from '../../../domain/words.js';
import type { AskWords, Bilingual } from '../types.js';
import { apply, eligibility, relay, shortlist } from './call.js';
import { decide } from './decide.js';
import { approve, document, interview } from './diagnostic.js';
import { proposal, report, sitting } from './evaluation.js';
import { introduction, pairs, session } from './field.js';
import { deliberation, interests, prepare, score, seat } from './pitch.js';

/** What is said of an ask of this kind in this language. A kind without its words does not compile. */
export function askWords(kind: AskKind, locale: Locale): AskWords {
  const table: Record<AskKind, Bilingual> = {
    interview,
    document,
    approve,
    relay,
    apply,
    eligibility,
    shortlist,
    seat,
    prepare,
    interests,
    score,
    deliberation,
    pairs,
    introduction,
    session,
    report,
    proposal,
    sitting,
    decide,
  };
  return table[kind][locale];
}
