import type { AskKind } from '../../../domain/asks.js';
import type { Bilingual } from '../types.js';
import { apply, eligibility, relay, shortlist } from './call.js';
import { approve, document, interview } from './diagnostic.js';
import { proposal, report, sitting } from './evaluation.js';
import { introduction, pairs, session } from './field.js';
import { deliberation, interests, prepare, score, seat } from './pitch.js';

/** What is said of each kind of ask but the decision, which speaks of them: what is lacking is named as its own ask names it. */
export const othersWords: Record<Exclude<AskKind, 'decide'>, Bilingual> = {
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
};
